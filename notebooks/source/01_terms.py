# %% [markdown] tags=["ko"]
# # 1. 모델과 학습
#
# **오늘의 질문: 컴퓨터는 어떻게 표정을 알아볼까요? 나보다 잘 알아볼까요?**
#
# 이 수업이 끝나면
#
# - **모델**, **학습**, **예측**이 무슨 뜻인지 친구에게 내 말로 설명할 수 있어요.
# - 모델이 배우지 않은 것을 물으면 어떤 일이 생기는지 보여 줄 수 있어요.
# - 처음 보는 얼굴을 놓고 모델과 겨루어, 점수를 비교해 볼 수 있어요.
#
# 약 45분 걸려요. 회색 상자를 **셀**이라고 해요. 셀에는 컴퓨터에게 시킬 일이 적혀 있어요. 셀을 누른 다음 **Shift +
# Enter**를 누르면 그 일을 하고 다음 셀로 넘어가요. 같은 셀을 한 번 더 하고 싶으면 **Ctrl + Enter**를 누르세요.
# 위에서부터 하나씩 차례로 실행해 보세요.

# %% [markdown] tags=["en"]
# # 1. Models and learning
#
# **Today's question: how can a computer recognise a facial expression? And is it better at it than you?**
#
# By the end you will be able to
#
# - explain **model**, **learning** and **predicting** to a friend in your own words,
# - show what happens when you ask a model about something it was never taught,
# - play against a model on faces that are new to both of you, and compare the scores.
#
# It takes about 45 minutes. The grey fields are called **cells** and hold instructions for the computer. Click into
# one and press **Shift + Enter**: the computer does what it says and moves on to the next cell. To do the same cell
# once more, press **Ctrl + Enter**. Work from top to bottom.

# %% [markdown] tags=["ko"]
# ## 새 친구의 얼굴을 익히듯이
#
# 새 학년 첫날을 떠올려 보세요. 반 친구들 얼굴이 다 낯설지요. 그런데 며칠 동안 보고 또 보면 멀리서도 누구인지 알아봐요.
# 얼굴을 알아보는 방법을 누가 말로 가르쳐 준 것도 아닌데요. 자꾸 보는 동안 머릿속에 무언가가 생긴 거예요.
#
# 기계도 비슷해요.
#
# | 사람 | 기계 |
# |---|---|
# | 얼굴을 알아보는 뇌 | **모델** |
# | 여러 번 보면서 익히기 | **학습** |
# | 처음 보는 얼굴에 대고 “이건 웃는 얼굴이야” 하고 말하기 | **예측** |
#
# 모델은 뇌에, 학습은 그 뇌가 만들어지는 과정에 빗댈 수 있어요. 이제 기계에게 표정을 가르칠 도구 `facelab`을 불러와요.

# %% [markdown] tags=["en"]
# ## Like getting to know a new friend's face
#
# Think of your first day in a new class. Every face is a stranger's. After a few days of seeing them again and again
# you know who is who from the far end of the corridor, although nobody ever explained to you how. All that looking has
# built something inside your head.
#
# With machines it is much the same.
#
# | a person | a machine |
# |---|---|
# | the brain that recognises a face | the **model** |
# | getting used to faces by seeing many | **learning** |
# | saying “that one is smiling” about a new face | **predicting** |
#
# So the model is like a brain, and learning is how that brain comes to be. Let's fetch `facelab`, the tool we will use
# to teach a machine.

# %%
import facelab

# %% tags=["en"]
facelab.use_language("en")

# %% [markdown] tags=["ko"]
# 가르치려면 얼굴이 있어야지요. 다행히 함께 들어 있는 얼굴이 있어요. 모두 컴퓨터로 그린 얼굴이라, **세상에 없는
# 사람들**이에요. 그래서 마음껏 써도 누구에게도 폐가 되지 않아요. 몇 장이나 있는지 볼까요?

# %% [markdown] tags=["en"]
# To teach, we need faces. Luckily some come with the kit. They were all drawn by a computer: **none of these people
# exists**, so we can use their faces freely without bothering anyone. How many are there?

# %%
faces = facelab.load_sample()
len(faces)

# %% [markdown] tags=["ko"]
# 표정은 다섯 가지예요. 코드에서는 영어 이름을 쓰니 한 번 눈에 익혀 두세요.
#
# | 코드 | `joy` | `sadness` | `surprise` | `anger` | `neutral` |
# |---|---|---|---|---|---|
# | 뜻 | 기쁨 | 슬픔 | 놀람 | 화남 | 무표정 |
#
# 표정마다 네 장씩 꺼내 봐요.

# %% [markdown] tags=["en"]
# They show five expressions, and the code calls them by these names: `joy`, `sadness`, `surprise`, `anger` and
# `neutral`. *Neutral* is a face that is doing nothing in particular.
#
# Let's take out four of each and look at them.

# %%
some = faces.take(joy=4, sadness=4, surprise=4, anger=4, neutral=4)
some.plot(columns=10);

# %% [markdown] tags=["ko"]
# 사진 밑에 적힌 낱말은 **어떤 표정을 지었는지**를 말해요. 그 사람의 마음이 어떤지는 아무도 몰라요. 이 이야기는 수업
# 끝에서 다시 해요.
#
# ## 준비된 모델에게 묻기
#
# 표정을 이미 배워 둔 모델이 하나 있어요. 뇌를 하나 빌려 온다고 생각하면 돼요. 사진 한 장을 보여 주고 물어봐요.

# %% [markdown] tags=["en"]
# The word under each picture says which expression the face **is making**. It says nothing about what a person feels
# inside. We shall come back to this at the end.
#
# ## Asking a model that has already learnt
#
# The kit brings a model that has learnt the expressions already. Think of it as borrowing a brain. We show it one face
# and ask.

# %%
brain = facelab.ready_model()
facelab.predict_expression(brain, some[0]).plot();

# %% [markdown] tags=["ko"]
# 모델은 한마디로 답하지 않고, 다섯 표정에 100%를 나누어 줘요. 막대가 길수록 그 표정이라고 더 믿는다는 뜻이고, 이
# 숫자를 **신뢰도**라고 불러요. 가장 긴 막대도 점선에 닿지 못하면 모델은 억지로 고르지 않고 “모르겠다”라고 답해요.
#
# 다섯 숫자를 더하면 꼭 100이 돼요.

# %% [markdown] tags=["en"]
# The model does not answer with one word. It shares out 100% among the five expressions: the longer the bar, the surer
# it is. This number is called its **confidence**. If even the longest bar does not reach the dashed line, the model
# doesn't force an answer. It says “I cannot tell”.
#
# The five numbers always add up to 100.

# %% [markdown] tags=["ko"]
# ### 연습 1.1 실행하기 전에 맞혀 보기
#
# 모델은 이 얼굴을 보고 뭐라고 할까요? (컴퓨터는 0부터 세니까 140번째 얼굴의 번호는 139예요.)

# %% [markdown] tags=["en"]
# ### Exercise 1.1 Predict before you run
#
# What will the model say about this face? (Computers count from 0, so the 140th face has the number 139.)

# %%
riddle = faces[139]
facelab.charts.draw_photos([riddle.image], columns=4);

# %% [markdown] tags=["ko"]
# 아래 셀을 실행하면 연습이 나와요. 먼저 고르고 **이렇게 예상해요**를 누르면 모델의 답을 알려 줘요. 예상에는 맞고 틀리는
# 것이 없어요. 내가 고른 답은 저장되어서 다음에 켜도 그대로 있어요.
#
# 연습은 모두 이렇게 해요. 막히면 **힌트 보기**를 누르세요. 힌트를 보아도 괜찮고, 그냥 넘어가도 괜찮아요.

# %% [markdown] tags=["en"]
# Run the cell below to see the exercise. First choose; then press **This is my guess**, and it tells what the model
# says. A guess cannot be wrong. What you chose is saved, and still there the next time you come.
#
# All exercises work like this. If you are stuck, open **Show a hint**. Using a hint is fine, and so is reading on.

# %% tags=["exercise"]
facelab.exercises.ask("01.1", facelab.predict_expression(brain, riddle))

# %% [markdown] tags=["ko"]
# ## 빈 모델을 학습시키기
#
# 빌린 뇌 말고, 이번에는 **우리가 가르친 뇌**를 만들어요. 먼저 기쁨과 슬픔만 20장씩 꺼내요.

# %% [markdown] tags=["en"]
# ## Teaching an empty model
#
# Enough borrowing: now we make **a brain of our own**. To begin with we take only joy and sadness, 20 pictures each.

# %%
lesson = faces.take(joy=20, sadness=20)
lesson.counts()

# %% [markdown] tags=["ko"]
# `expression_model()`은 갓 태어난 것처럼 아무것도 모르는 모델을 만들고, `fit`은 그 모델을 학습시켜요. 모델은 사진의
# 색을 보지 않아요. 눈썹과 눈과 입술, 그 둘레의 자리를 나타내는 **점**(`points`)과, 그 얼굴이 어떤 표정인지 알려 주는
# **라벨**(`labels`)을 보고 배워요.

# %% [markdown] tags=["en"]
# `expression_model()` makes a model that knows nothing yet, like a newborn, and `fit` lets it learn. The model never
# looks at colours. It learns from **points** that say where eyebrows, eyes, lips and what is around them are, and from
# **labels** that say which expression each face shows.

# %%
young = facelab.expression_model()
young.fit(lesson.points, lesson.labels);

# %% [markdown] tags=["ko"]
# 벌써 끝났어요! 사람이라면 며칠 걸릴 일이지요. 이번에는 배우지 않은 표정인 **화난 얼굴**을 보여 주고 물어봐요.

# %% [markdown] tags=["en"]
# Done already! A person would have taken days. Now let's show it something it was never taught: **an angry face**.

# %%
angry = faces.select(faces.labels == "anger")
angry[0].plot();

# %%
facelab.predict_expression(young, angry[0]).plot();

# %% [markdown] tags=["ko"]
# 이상하지요? 모델은 ‘화남’에 0.00%를 주었어요. 화남을 **한 번도 배운 적이 없으니** 그런 표정이 있는 줄도 몰라요.
# 그래서 아는 것 가운데서 고르거나, 모르겠다고 할 수밖에 없어요. 모델이 바보라서가 아니라 우리가 덜 가르친 거예요.
#
# 고쳐 볼까요? 이번에는 다섯 표정을 모두 가르쳐요.

# %% [markdown] tags=["en"]
# Odd, isn't it? The model gave anger 0.00%. **It was never taught anger**, so it does not know that there is such a
# thing. It can only choose among what it knows, or say that it cannot tell. The model isn't stupid: we taught it too
# little.
#
# Let's put that right and teach it all five expressions.

# %%
lesson = faces.take(joy=20, sadness=20, surprise=20, anger=20, neutral=20)
grown = facelab.expression_model().fit(lesson.points, lesson.labels)
facelab.predict_expression(grown, angry[0]).plot();

# %% [markdown] tags=["ko"]
# 같은 얼굴인데 답이 달라졌어요. **모델이 아는 것은 우리가 보여 준 것뿐이에요.**
#
# ### 연습 1.2 다른 것을 배운 모델
#
# 놀람(`surprise`)과 화남(`anger`)만 20장씩 배운 모델을 만들어 `other`에 담아 보세요. 무엇을 보여 줄지는 첫 줄에서 이미
# 꺼냈어요. 점 세 개 `...`을 지우고 그 자리에 코드를 쓴 다음, 셀을 실행하고 **확인**을 누르세요. 그 모델이 **웃는
# 얼굴**을 보면 뭐라고 할까요?

# %% [markdown] tags=["en"]
# The same face, but another answer. **A model knows only what we showed it.**
#
# ### Exercise 1.2 A model with another schooling
#
# Make a model that has learnt only `surprise` and `anger`, 20 pictures each, and call it `other`. The first line takes
# out what to show it. Put your code in place of the three dots `...`, run the cell and press **Check**. And what will
# that model say about **a smiling face**?

# %% tags=["exercise"]
lesson = faces.take(surprise=20, anger=20)
other = ...
facelab.exercises.ask("01.2", other, some[0])

# %% [markdown] tags=["ko"]
# ### 연습 1.3 하품하는 얼굴
#
# 다섯 표정을 모두 배운 모델 `grown`에게 **하품하는 얼굴**을 보여 주면 어떻게 될까요?

# %% [markdown] tags=["en"]
# ### Exercise 1.3 A yawning face
#
# What happens if you show **a yawning face** to `grown`, the model that has learnt all five expressions?

# %% tags=["exercise"]
facelab.exercises.ask("01.3")

# %% [markdown] tags=["ko"]
# ## 나와 모델의 대결
#
# 이제 겨루어 볼 차례예요. 그런데 준비된 모델 `brain`과 겨루면 공평하지 않아요. `brain`은 여기 있는 얼굴을 **모두 답까지
# 보면서** 배웠거든요. 답을 외운 문제로 시험을 보는 셈이지요.
#
# 그래서 열 사람 가운데 한 사람꼴로 얼굴을 모두 숨겨 두고(`hidden`), 나머지로만 새 모델을 가르쳐요. 숨긴 사람들은 나도
# 모델도 처음 봐요. 누구를 숨길지는 컴퓨터가 섞어서 정해요. `seed`는 **섞기 번호**예요. 번호가 같으면 언제나 똑같이
# 섞으니까 친구와 같은 얼굴로 겨룰 수 있어요.

# %% [markdown] tags=["en"]
# ## You against the model
#
# Time for a match. Playing against the ready-made `brain` would not be fair, though: it learnt from **every face here,
# with the answer beside it**. That is like sitting a test whose answers you have memorised.
#
# So we hide every picture of one person in ten (`hidden`) and teach a new model with the rest. The hidden people are
# new to both of you. The computer shuffles to choose whom to hide. `seed` is **the number of the shuffle**: the same
# number always shuffles alike, so that you and a friend play on the same faces.

# %%
known, hidden = faces.split(test_size=0.1, by="person", seed=8)
rival = facelab.expression_model().fit(known.points, known.labels)

# %% [markdown] tags=["ko"]
# 한 판에 얼굴이 열 개, 한 번에 하나씩 나와요. 어떤 표정을 지은 얼굴인지 골라 보세요. 고르고 나면 정답과 모델의 답이
# 나와요. 사람이 반드시 하나를 골라야 하니까, 모델도 이번만은 “모르겠다”라고 할 수 없어요.

# %% [markdown] tags=["en"]
# A match has ten faces, one at a time. Choose which expression each is making; then you see the right answer and what
# the model said. You have to choose one, so for once the model may not say “I cannot tell” either.

# %%
facelab.widgets.Guess(hidden, rival, rounds=10)

# %% [markdown] tags=["ko"]
# 누가 이겼나요? 숨겨 둔 얼굴을 **모두** 물어보면 모델의 점수는 이래요. 눈을 감고 아무 버튼이나 누르는 사람도 다섯 번에
# 한 번쯤은 맞히니까, 그보다 얼마나 나은지를 보세요.

# %% [markdown] tags=["en"]
# Who won? This is how the model does on **all** the hidden faces. Someone who presses buttons with their eyes closed
# gets about one in five right, so look at how much better than that it is.

# %%
report = facelab.evaluate(rival, hidden)
print(report.message)

# %% [markdown] tags=["ko"]
# (점수 뒤에 나오는 ‘신뢰 구간’은 6과에서 배워요. 앞에서 배운 ‘신뢰도’와는 다른 말이에요.)
#
# 한 판은 얼굴이 열 개뿐이라, 하나만 더 맞히거나 틀려도 100점 만점에 10점이 움직여요. 그러니 한 판만 해 보고 “내가
# 이겼다”, “기계가 더 낫다” 하고 말하기는 일러요. 여러 번 되풀이해서 비교하는 방법은 3과부터 배워요.
#
# ### 연습 1.4 모델이 가장 망설인 얼굴
#
# 숨긴 얼굴 가운데 열 개를 꺼냈어요. 왼쪽부터 0번, 1번, …, 9번이에요. 모델 `rival`이 **가장 망설일** 얼굴은 어느
# 것일까요?

# %% [markdown] tags=["en"]
# (What the “interval” behind the score is, lesson 6 will tell.)
#
# A match has only ten faces, so a single face more or less is ten points out of a hundred. After one match it is too
# early to say “I won” or “machines are better”. From lesson 3 on you will learn to compare over many rounds.
#
# ### Exercise 1.4 The face that made the model hesitate
#
# Here are ten of the hidden faces, number 0 to 9 from the left. Which one will make the model `rival` **hesitate
# most**?

# %%
ten = hidden.take(joy=2, sadness=2, surprise=2, anger=2, neutral=2)
ten.plot(columns=10);

# %% [markdown] tags=["ko"]
# 눈으로 하나 골랐나요? 그럼 모델에게 물어봐요. 번호 `0`을 바꾸어 가며, **가장 긴 막대가 제일 짧은** 얼굴을 찾으세요.

# %% [markdown] tags=["en"]
# Have you picked one? Now ask the model. Change the number `0`, and look for the face whose **longest bar is the
# shortest**.

# %%
facelab.predict_expression(rival, ten[0]).plot();

# %% [markdown] tags=["ko"]
# 찾은 얼굴을 눌러 보세요. 처음에 내가 고른 얼굴과 같은가요?

# %% [markdown] tags=["en"]
# Click on the face you found. Is it the one that you had picked?

# %% tags=["exercise"]
facelab.exercises.ask("01.4", rival, ten)

# %% [markdown] tags=["ko"]
# ## 표정은 마음이 아니에요
#
# 우리 모델이 보는 것은 눈썹, 눈, 입술과 그 둘레의 **모양**이에요. 사진 속 사람들은 “웃어 보세요”, “화난 얼굴을 해
# 보세요” 하는 말에 맞춰 표정을 지은 셈이에요. 속상해도 웃는 사람이 있고, 즐거워도 무표정한 사람이 있지요. 그래서 이
# 도구는
#
# - **지은 표정**만 말하고, 사람의 마음을 알아낸다고 하지 않아요.
# - 누구를 지켜보거나 점수를 매기는 데 쓰지 않아요.
# - 사진을 컴퓨터 밖으로 보내지 않아요. 내 얼굴을 쓰고 싶지 않으면 함께 들어 있는 얼굴로 모든 수업을 할 수 있어요.
#
# ### 연습 1.5 함께 이야기하기
#
# 유럽 연합의 인공지능법은 **학교와 일터에서 사람의 감정을 추론하는(짐작해 내는) 인공지능**을 (의료나 안전을 위한 경우를
# 빼고) 금지해요(제5조 제1항 (f)). 왜 그렇게 정했을까요? 우리 모델을 교실 카메라에 달아 “수업이 지루한 학생”을 찾겠다는
# 사람이 있다면 뭐라고 말해 줄래요? 한두 문장으로 적은 다음 **비교하기**를 눌러 보세요.

# %% [markdown] tags=["en"]
# ## An expression is not a feeling
#
# All our model looks at is the **shape** of eyebrows, eyes, lips and what is around them. The people in the pictures
# are posing, as if someone had said “now smile” or “look angry”. People smile when they are upset, and keep a straight
# face when they are happy. That is why this kit
#
# - only ever names the expression **being posed**, and never claims to know what somebody feels,
# - is not for watching anyone or giving anyone marks,
# - never sends a photo away from your computer. If you'd rather not use your own face, you can do every lesson with the
#   faces that come with it.
#
# ### Exercise 1.5 Talk about it
#
# The European Union's AI Act forbids AI systems that **infer people's emotions at school or at work**, except for
# medical or safety reasons (Article 5(1)(f)). Why do you think it does? Somebody wants to put our model behind the
# classroom camera to find “bored pupils”. What would you tell them? Write a sentence or two, then press **Compare**.

# %% tags=["exercise"]
facelab.exercises.ask("01.5")

# %% [markdown] tags=["ko"]
# 지금까지 해낸 연습은 여기에서 볼 수 있어요. 다음에 켜도 그대로 남아 있어요.

# %% [markdown] tags=["en"]
# Here you see which exercises you have done. They are still there the next time you come.

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
# 1. **모델**은 뇌처럼 답을 내놓는 것이고, **학습**은 예를 많이 보면서 모델이 만들어지는 과정이에요.
# 2. 모델은 **배운 것만** 알아요. 배우지 않은 표정은 언제나 0.00%예요.
# 3. 모델은 얼굴의 **모양**을 보고 **예측**할 뿐, 마음을 읽지 않아요.
#
# 다음 수업에서는 모델에게 줄 얼굴을 사진에서 찾아요. → [2. 얼굴 찾기와 데이터 조각](02_face_detection.ipynb)

# %% [markdown] tags=["en"]
# ## What you take with you
#
# 1. A **model** is like a brain that gives answers; **learning** is how it comes to be, by seeing many examples.
# 2. A model knows **only what it was taught**. Anything else stays at 0.00%.
# 3. A model **predicts** from the **shape** of a face. It does not read minds.
#
# In the next lesson we find the faces in our photos. → [2. Finding faces](02_face_detection.ipynb)
