# %% [markdown] tags=["ko"]
# # 3. 라벨링
#
# **오늘의 질문: 모델에게 정답은 누가 알려 줄까요? 정답이 틀리면 어떻게 될까요?**
#
# 이 수업이 끝나면
#
# - **라벨**이 무엇이고 왜 필요한지 말할 수 있어요.
# - 얼굴에 라벨을 붙여(**라벨링**) 나만의 데이터를 만들 수 있어요.
# - 라벨이 왜 **많이** 필요한지, **틀린 라벨**이 모델을 어떻게 망치는지 실험으로 보여 줄 수 있어요.
#
# 약 45분 걸려요. ★이 붙은 부분은 접혀 있어요. 시간이 남으면 제목 아래의 **+** 버튼을 눌러 펼쳐 보세요.

# %% [markdown] tags=["en"]
# # 3. Labelling
#
# **Today's question: who tells the model the right answers? And what happens if they are wrong?**
#
# By the end you will be able to
#
# - say what a **label** is and what it is for,
# - put labels on faces (**labelling**) and so make data of your own,
# - show by experiment why we need **many** labels, and how **wrong labels** spoil a model.
#
# It takes about 45 minutes. Parts with a ★ are folded. If there is time, click **+** below a title to open it.

# %%
import facelab

# %% tags=["en"]
facelab.use_language("en")

# %% [markdown] tags=["ko"]
# ## 라벨은 이름표예요
#
# 아기에게 그림책을 읽어 줄 때 “이건 강아지, 이건 고양이” 하고 알려 주지요? 그림마다 붙은 그 말이 **라벨**이에요. 모델도
# 얼굴만 보아서는 그 표정을 뭐라고 부르는지 알 수 없어요. 누군가 얼굴마다 이름표를 붙여 줘야 해요. 그 일이
# **라벨링**이에요.
#
# 함께 들어 있는 얼굴에는 라벨이 이미 붙어 있어요. 얼굴 다섯 개와 그 라벨을 볼까요?

# %% [markdown] tags=["en"]
# ## A label is a name tag
#
# When you look at a picture book with a small child you say “this is a dog, that's a cat”. The word that goes with each
# picture is its **label**. A model cannot know from a face alone what we call its expression, either: somebody has to
# put a tag on every face. That work is called **labelling**.
#
# The faces that come with the kit have their labels already. Here are five faces and their labels.

# %%
sample = facelab.load_sample()
five = sample.take(joy=1, sadness=1, surprise=1, anger=1, neutral=1)
five.plot();

# %%
print(*five.labels)

# %% [markdown] tags=["ko"]
# 컴퓨터 안에서 라벨은 그저 낱말의 목록이에요. 얼굴 하나에 낱말 하나씩, 차례가 맞아야 해요.
#
# ## 내가 라벨을 붙여요
#
# 2과에서 모은 얼굴에 라벨을 붙여 봐요. 모은 얼굴이 없으면 함께 들어 있는 얼굴로 연습해요. 버튼을 누르세요. 얼굴 그림을
# 한 번 누른 다음에는 숫자 키 1–5도 쓸 수 있어요. 내 얼굴에 붙인 라벨은 한 장마다 저장되니, 쉬었다가 다시 와도 이어서 할
# 수 있어요. 잘못 눌렀으면 **되돌리기**를 누르면 돼요.

# %% [markdown] tags=["en"]
# Inside the computer, labels are nothing but a list of words: one word for each face, in the same order.
#
# ## Your turn to label
#
# Put labels on the faces you collected in lesson 2. If you have none, you practise on faces that come with the kit.
# Press a button; once you have clicked the face, the keys 1 to 5 work as well. Labels of your own faces are saved at
# once, so you can take a break and carry on later. If you pressed the wrong one, choose **Undo**.

# %%
facelab.widgets.Labelling()

# %% [markdown] tags=["ko"]
# 라벨을 붙이다 보면 망설여지는 얼굴이 있어요. 화난 걸까, 그냥 무표정일까? 사람마다 다르게 붙이기도 해요.
#
# ## ★ 친구와 라벨 비교하기
#
# 모은 얼굴이 있으면 친구와 따로따로 붙여서 비교해 봐요.
#
# 1. 아래에서 **사진까지 담아 저장**, **라벨 빼고 저장**을 차례로 누르고, 생긴 압축 파일을 친구에게 줘요.
# 2. 친구는 그 파일을 자기 **내 데이터**에 넣고, 라벨을 붙이고, **사진과 라벨을 압축 파일로 저장**해서 돌려줘요.
# 3. 돌려받은 파일을 아래에 넣어요. 두 사람의 라벨이 얼마나 같은지, 어느 얼굴에서 다른지 나와요.
#
# 압축 파일에는 얼굴이 들어 있어요. 돌려받는 파일에는 친구가 모은 사진까지 모두 들어 있고, 넣은 얼굴은 서로의 **내
# 데이터**에도 남아요. 그래도 괜찮은지 먼저 서로 물어보세요. 비교가 끝나면 압축 파일을 지우고, 수업이 모두 끝나면 **내
# 데이터**에서 **모두 지우기**를 눌러 주세요.

# %% [markdown] tags=["en"]
# Some faces make you hesitate. Is that anger, or just nothing in particular? Two people may well choose different
# labels.
#
# ## ★ Compare labels with a friend
#
# If you have collected faces, label the same ones as your neighbour, each alone, and compare.
#
# 1. Below, choose **Export with photos**, then **Export without labels**, and give the zip file to your neighbour.
# 2. Your neighbour adds it to **My data**, labels the faces, and hands back what **Export photos and labels** makes.
# 3. Drop that file below. You will see how far the two of you agree, and on which faces you do not.
#
# The zip files hold faces. The one you get back holds all photos your neighbour has collected, and faces that you add
# stay in each other's **My data**. Ask each other first whether that is all right. Afterwards delete the zip files, and
# at the end of the course press **Delete everything** in **My data**.

# %%
facelab.widgets.Storage()

# %% [markdown] tags=["ko"]
# 반 전체의 데이터를 모을 때는 사진이 필요 없어요. 모델은 점과 라벨만 보고 배우거든요. **점만 저장해서 나누기**를
# 누르면 점 478개의 위치와 라벨만 담기고, 받은 친구에게는 사진 대신 **선으로 그린 얼굴**이 보여요. 그렇다고 점이
# 이름 없는 숫자인 것은 아니에요. 얼굴형과 눈 사이, 입 모양이 남아 있어서 친한 친구라면 누구인지 짐작할 수도 있어요.
# 사진에는 피부와 머리 모양, 옷, 뒤에 보이는 방까지 들어 있으니 훨씬 더 많은 것이 드러나요. 그래서 점도 반 안에서만
# 나눠요.

# %% [markdown] tags=["en"]
# To pool the data of a whole class nobody needs photos: a model learns from points and labels alone. **Share points
# only** saves where the 478 points lie, and the labels; whoever gets them sees **faces drawn as lines**. Points are
# not anonymous, though. The shape of the face, of the eyes and of the mouth is still in them, and a good friend
# might guess who it is. A photo tells far more: skin and hair, clothes, the room behind you. So share points within
# your class only.

# %% [markdown] tags=["ko"]
# ## 실험에 쓸 얼굴
#
# 이번 수업의 실험에 쓸 얼굴을 골라요. 내가 라벨을 붙인 얼굴이 넉넉하면 그 얼굴을, 모자라면 함께 들어 있는 얼굴을 써요.
# 어느 쪽인지는 아래에 나와요.

# %% [markdown] tags=["en"]
# ## Faces for the experiments
#
# Now let's get the faces for today's experiments. If you have labelled enough of your own, we use those, otherwise the
# ones that come with the kit. The line below tells you which.

# %%
faces = facelab.load_faces(joy=28, sadness=28, neutral=28)
faces.counts()

# %% [markdown] tags=["ko"]
# ## 라벨은 왜 많이 필요할까요?
#
# 강아지를 딱 두 마리 본 아기는 커다란 개를 보고 “말!” 하고 외칠지도 몰라요. 모델은 어떨까요? 구별하기 어려운 두 표정,
# 슬픔(`sadness`)과 무표정(`neutral`)으로 실험해요. 표정마다 2장(`2 + 2`), 5장(`5 + 5`), 20장(`20 + 20`)씩 보여 준 모델
# 셋을 비교해 봐요. 우연에 속지 않도록 사진을 새로 뽑아 가며 30번씩 되풀이하고, 시험은 늘 배우지 않은 사진으로 봐요.

# %% [markdown] tags=["en"]
# ## Why so many labels?
#
# A toddler who has met just two dogs may well call the next big one a horse. What about a model? We take two
# expressions that are hard to tell apart, `sadness` and `neutral`, and compare three models that were shown 2 pictures
# of each expression (`2 + 2`), 5 (`5 + 5`) and 20 (`20 + 20`). So that chance doesn't fool us, we repeat this 30 times
# with freshly drawn pictures, and always test on pictures that the model has not learnt from.

# %%
amounts = {
    "2 + 2": {"sadness": 2, "neutral": 2},
    "5 + 5": {"sadness": 5, "neutral": 5},
    "20 + 20": {"sadness": 20, "neutral": 20},
}
comparison = facelab.compare(amounts, faces, repeats=30)
comparison.plot();

# %% [markdown] tags=["ko"]
# 점 하나가 한 번의 실험이에요. 사진을 몇 장 못 본 모델은 점이 옆으로 넓게 **흩어져** 있지요? 어쩌다 잘하기도 하지만
# 믿을 수가 없어요. 많이 배울수록 점수가 오르고, 점들이 한곳으로 모여요. 점들 밑의 굵은 선을 보세요. **세로선은 평균,
# 가로선은 진짜 평균이 있을 만한 범위예요.** 점선은 아무렇게나 찍는 사람의 점수예요. 이 선을 겨우 넘었다면 배웠다고 하기
# 어려워요. 말로 하면 이래요.

# %% [markdown] tags=["en"]
# Each dot is one try. With only a few pictures the dots are **scattered** widely: such a model does well now and then,
# but you cannot rely on it. The more it learns from, the higher the scores, and the closer together. Look at the thick
# lines below the dots: **the upright one is the mean, the level one the range in which the true mean is likely to
# lie.** The dashed line is what you get by guessing: barely above that line hardly counts as having learnt. In words:

# %%
print(comparison.message)

# %% [markdown] tags=["ko"]
# ## 틀린 라벨을 일부러 섞어요
#
# 많기만 하면 될까요? 졸면서 라벨을 붙인 친구가 있다고 해 봐요. 이번에는 누구나 쉽게 구별하는 기쁨(`joy`)과
# 슬픔(`sadness`)을 써요. 먼저 사진을 학습용(`train`)과 시험용(`test`)으로 나누고, 제대로 붙인 라벨로 배운 모델의
# 점수부터 봐요.

# %% [markdown] tags=["en"]
# ## Wrong labels, on purpose
#
# Is it enough to have many? Imagine that somebody did the labelling half asleep. This time we take two expressions that
# anybody can tell apart, `joy` and `sadness`. First we divide the pictures into some to learn from (`train`) and some
# to be tested on (`test`), and see how well a model does that has learnt from the right labels.

# %%
train, test = faces.take(joy=28, sadness=28, seed=1).split(test_size=16)
model = facelab.expression_model().fit(train.points, train.labels)
print(facelab.evaluate(model, test).message)

# %% [markdown] tags=["ko"]
# 이제 배울 사진의 라벨을 **40%만큼** 틀리게 바꿔요. `mislabel(0.4)`가 그 일을 해요. 스무 장만 꺼내 봐요. 사진과 라벨이
# 맞나요?

# %% [markdown] tags=["en"]
# Now we make **40%** of the labels wrong. That is what `mislabel(0.4)` does. Here are twenty of the pictures: do the
# labels fit?

# %%
spoiled = train.mislabel(0.4, seed=1)
spoiled.take(joy=10, sadness=10).plot();

# %% [markdown] tags=["ko"]
# 이 라벨로 새 모델을 가르쳐서 **똑같은 시험**을 보게 해요. 시험 문제의 라벨은 바르게 두었어요.

# %% [markdown] tags=["en"]
# We teach a new model with these labels and let it sit **the same test**. The labels of the test are still right.

# %%
model = facelab.expression_model().fit(spoiled.points, spoiled.labels)
print(facelab.evaluate(model, test).message)

# %% [markdown] tags=["ko"]
# 어떻게 되었나요? 사진은 그대로이고 이름표만 바뀌었는데 모델이 헤매요. 모델은 라벨이 틀렸다는 것을 알 길이 없어요.
# **우리가 알려 준 것이 곧 정답**이니까요.
#
# 가장 확실하게 고치는 방법은 사진을 다시 보고 라벨을 바로잡는 거예요. 바로잡은 라벨로 다시 가르치면 점수가 돌아와요.

# %% [markdown] tags=["en"]
# What happened? The pictures are the same, only their name tags have changed, and yet the model is lost. It has no way
# of knowing that a label is wrong. **Whatever we tell it is the truth.**
#
# The surest cure is to look at the pictures again and put the labels right. Taught again with the right labels, the
# model recovers.

# %%
spoiled.labels = train.labels
model = facelab.expression_model().fit(spoiled.points, spoiled.labels)
print(facelab.evaluate(model, test).message)

# %% [markdown] tags=["ko"]
# ### 연습 3.1 틀린 라벨 탐정
#
# 어떤 사람이 사진 스무 장을 섞고 라벨 몇 개를 몰래 바꾸었어요. **라벨이 틀린 사진**을 모두 눌러 보세요.

# %% [markdown] tags=["en"]
# ### Exercise 3.1 The label detective
#
# Somebody has shuffled twenty pictures and secretly changed a few labels. Click on all **pictures whose label is
# wrong**.

# %% tags=["exercise"]
import random

honest = train.select(random.Random(5).sample(range(40), 20))
secret = honest.mislabel(0.2, seed=5)
facelab.exercises.ask("03.1", secret, honest)

# %% [markdown] tags=["ko"]
# ### 연습 3.2 모두 거꾸로
#
# 라벨을 **하나도 빠짐없이 거꾸로** 붙이면 어떻게 될까요? 기쁨은 모두 슬픔, 슬픔은 모두 기쁨이에요. 시험 점수는 반쯤
# 될까요, 아니면 다른 일이 생길까요? 시험 문제의 몇 %를 맞힐지 예상해 보세요.

# %% [markdown] tags=["en"]
# ### Exercise 3.2 All the wrong way round
#
# What if **every single label** is turned round, so that all joy is called sadness and all sadness joy? Will the model
# get about half of the test right, or will something else happen? What share of the test will it get right, in %?

# %% tags=["exercise"]
reversed_labels = train.mislabel(1.0)
model = facelab.expression_model().fit(reversed_labels.points, reversed_labels.labels)
facelab.exercises.ask("03.2", facelab.evaluate(model, test))

# %% [markdown] tags=["ko"]
# 놀랍게도 모델은 헤매지 않아요. 아주 **열심히, 거꾸로** 배웠을 뿐이에요. 어떤 모양을 뭐라고 부를지는 온전히 라벨이
# 정해요.
#
# ## 한 번으로는 믿을 수 없어요
#
# 위의 결과가 우연이면 어쩌지요? 틀린 라벨이 `0%`, `20%`, `40%`일 때를 30번씩 되풀이해 봐요.

# %% [markdown] tags=["en"]
# Surprisingly, the model isn't confused at all. It has learnt very well, **the wrong way round**. What a shape is
# called is entirely up to the labels.
#
# ## Once is not enough
#
# What if all this was just chance? Let's repeat it 30 times each with `0%`, `20%` and `40%` wrong labels.

# %%
shares = {
    "0%": {"joy": 20, "sadness": 20, "wrong": 0},
    "20%": {"joy": 20, "sadness": 20, "wrong": 0.2},
    "40%": {"joy": 20, "sadness": 20, "wrong": 0.4},
}
comparison = facelab.compare(shares, faces, repeats=30)
comparison.plot();

# %% [markdown] tags=["ko"]
# 틀린 라벨이 많아질수록 평균이 내려가는 것도 보이지만, 점이 **더 넓게 흩어지는** 것도 눈여겨보세요. 운이 좋으면 버티고,
# 운이 나쁘면 무너져요.

# %% [markdown] tags=["en"]
# The more wrong labels, the lower the average. But notice as well that the dots **spread out**: with some luck the
# model holds up, without it the model falls apart.

# %%
print(comparison.message)

# %% [markdown] tags=["ko"]
# ### 연습 3.3 동전 던지기와 다름없는 때
#
# 표정이 둘이면 동전을 던져도 반은 맞혀요. 라벨이 **몇 %** 틀렸을 때 모델이 **동전 던지기와 같아질까요?**

# %% [markdown] tags=["en"]
# ### Exercise 3.3 As good as tossing a coin
#
# With two expressions, tossing a coin gets half of them right. At **how many per cent** of wrong labels is a model **no
# better than a coin**?

# %% tags=["exercise"]
facelab.exercises.ask("03.3")

# %% [markdown] tags=["ko"]
# 예상이 맞는지 실험으로 확인해 봐요. `plan`은 준비된 실험의 조건을 꺼내 줘요. 여기에는 틀린 라벨이 0%부터 50%까지
# 들어 있어요. 점선에 걸치는 줄은 어느 것인가요?

# %% [markdown] tags=["en"]
# Let's see what the experiment says. `plan` lays out the conditions of a ready-made experiment, here wrong labels from
# 0% to 50%. Which row sits on the dashed line?

# %%
shares = facelab.plan("wrong_labels")
facelab.compare(shares, faces, repeats=30).plot();

# %% [markdown] tags=["ko"]
# ## 슬라이더를 움직여 봐요
#
# 이제 직접 실험해요. **틀린 라벨** 슬라이더를 움직이고 **실행**을 누르세요. 몇 %부터 모델이 무너지나요? 사진을 늘리면
# 더 잘 버티나요?

# %% [markdown] tags=["en"]
# ## Move the slider
#
# Now it's your experiment. Move the **wrong labels** slider and press **Run**. From what share on does the model break
# down? Does it hold up better with more pictures?

# %%
facelab.widgets.Experiment("wrong_labels", faces)

# %% [markdown] tags=["ko"]
# ## ★ 한쪽으로만 틀리면
#
# 지금까지는 틀린 라벨이 양쪽에 고르게 섞였어요. 그런데 “화난 얼굴은 재미없어” 하면서 **화난 얼굴에만** 기쁨 이름표를
# 붙이는 친구가 있다면요? 틀린 라벨의 수는 똑같이 8장으로 맞추고, 양쪽에 섞은 것과 한쪽에만 몰린 것을 비교해요. 화난
# 얼굴도 있어야 하니까 함께 들어 있는 얼굴로 해요.

# %% [markdown] tags=["en"]
# ## ★ All mistakes on one side
#
# So far the wrong labels were spread over both sides. But what if somebody finds angry faces no fun, and puts the tag
# “joy” on **angry faces only**? The number of wrong labels is the same, 8 in all; we compare those spread over both
# sides with those on one side. Because this takes angry faces, we use the ones that come with the kit.

# %%
conditions = facelab.plan("one_sided")
one_sided = facelab.compare(conditions, sample)
one_sided.plot(by="expression");

# %% [markdown] tags=["ko"]
# 화남의 평균을 세 줄에서 비교해 보세요. 틀린 라벨의 수가 같아도 **한쪽에 몰리면 그 표정만 크게 손해**를 봐요. 흩어진
# 실수는 서로 지워지기도 하지만, 한쪽으로 쏠린 실수는 모델이 규칙이라고 믿고 그대로 배워 버려요. 그래서 “화난 표정을
# 자주 놓치는 모델”이 되는 거예요.
#
# 마음에 드는 그래프는 파일로 남길 수 있어요. 이를테면 `facelab.save_chart(one_sided.plot, "chart.png")`라고 쓰면 돼요.

# %% [markdown] tags=["en"]
# Compare the mean for anger in the three cases. With just as many wrong labels, **if they are all on one side, that
# expression pays for it**. Scattered mistakes partly cancel out, but mistakes that all point the same way look like a
# rule, and the model learns it. The result is a model that overlooks anger.
#
# If you like a chart, save it as a file: `facelab.save_chart(one_sided.plot, "chart.png")` does it.

# %% [markdown] tags=["ko"]
# ## ★ 무엇이 더 중요할까?
#
# ### 연습 3.4 많은 것과 바른 것
#
# 라벨의 **40%가 틀린** 사진 40장과 라벨이 **모두 맞는** 사진 10장. 둘 가운데 하나만 받을 수 있다면 어느 쪽으로 모델을
# 가르칠래요? 고른 다음, 30번씩 되풀이한 결과와 비교해 보세요.

# %% [markdown] tags=["en"]
# ## ★ What matters more?
#
# ### Exercise 3.4 Many, or right?
#
# 40 photos of which **40% have wrong labels**, or 10 photos whose labels are **all right**: suppose that you can have
# only one of the two to teach a model. Which one would you take? Choose, and compare with the result of 30 repeats.

# %% tags=["exercise"]
offers = {"1": {"joy": 20, "sadness": 20, "wrong": 0.4}, "2": {"joy": 5, "sadness": 5}}
contest = facelab.compare(offers, faces, repeats=30)
facelab.exercises.ask("03.4", contest)

# %% [markdown] tags=["ko"]
# 점들도 비교해 보세요. 어느 쪽이 더 믿음직한가요?

# %% [markdown] tags=["en"]
# Compare the dots as well. Which of the two would you rather rely on?

# %%
contest.plot();

# %% [markdown] tags=["ko"]
# ## 누가 정할까?
#
# ### 연습 3.5 함께 이야기하기
#
# 실제 인공지능의 라벨은 많은 사람이 돈을 받고 빠르게 붙이기도 해요. 같은 얼굴을 두고 한 사람은 ‘슬픔’, 다른 사람은
# ‘무표정’이라고 한다면 어느 쪽이 정답일까요? 누가 정해야 할까요? 틀린 라벨을 줄일 방법을 두 가지 이상 생각해 보세요.

# %% [markdown] tags=["en"]
# ## Who decides?
#
# ### Exercise 3.5 Talk about it
#
# For real AI systems, labels are often given by many people who are paid by the picture and work fast. If one says
# “sadness” and another “neutral” about the same face, who is right? Who should decide? Think of at least two ways to
# get fewer wrong labels.

# %% tags=["exercise"]
facelab.exercises.ask("03.5")

# %% [markdown] tags=["ko"]
# 지금까지 해낸 연습이에요.

# %% [markdown] tags=["en"]
# The exercises you have done so far:

# %%
facelab.exercises.progress()

# %% [markdown] tags=["ko"]
# 여기까지 한 것을 선생님께 낼 수 있어요. 답과 그래프, 모델 카드가 파일 하나에 담겨요.
# 얼굴 사진은 내가 고를 때만 들어가요.

# %% [markdown] tags=["en"]
# You can hand in what you have done so far. Your answers, charts and model card go into one file; a face only if you
# say so.

# %%
facelab.widgets.HandIn()

# %% [markdown] tags=["ko"]
# ## 정리
#
# 1. **라벨**은 얼굴에 붙은 이름표이고, 모델에게는 그것이 곧 정답이에요.
# 2. 라벨이 **많을수록** 모델은 더 잘 맞히고 덜 흔들려요.
# 3. **틀린 라벨**은 모델을 망쳐요. 그런데 모델은 그 사실을 몰라요.
#
# 라벨을 바르게 붙여도 한쪽 표정만 많으면 어떻게 될까요? → [4. 불균형과 부족](04_imbalance_and_scarcity.ipynb)

# %% [markdown] tags=["en"]
# ## What you take with you
#
# 1. A **label** is the name tag on a face. To the model it is the truth.
# 2. The **more** labels, the better and the steadier the model.
# 3. **Wrong labels** spoil a model, and the model doesn't notice.
#
# What if all labels are right, but one expression is much rarer? → [4. Imbalance and
# scarcity](04_imbalance_and_scarcity.ipynb)
