# %% [markdown] tags=["ko"]
# # 5. 나누고, 학습하고, 예측하기
#
# **오늘의 질문: 내가 만든 모델은 처음 보는 사진도 맞힐까요? 그걸 어떻게 알 수 있을까요?**
#
# 이 수업이 끝나면
#
# - 사진을 **학습용과 시험용으로 무작위로 나누고**, 왜 그래야 하는지 말할 수 있어요.
# - 모델을 **학습**시켜, 처음 보는 사진의 표정을 한 장씩 **예측**할 수 있어요.
# - 나누기를 여러 번 되풀이해서 비교하고, 모델을 하나 골라 **저장**할 수 있어요.
# - 운이 좋아서 높은 점수와 실력으로 높은 점수를 가려낼 수 있어요.
#
# 약 45분 걸려요. ★이 붙은 부분은 접혀 있으니 시간이 남으면 펼쳐 보세요.

# %% [markdown] tags=["en"]
# # 5. Split, train, predict
#
# **Today's question: will your model recognise photos it has never seen? And how could you find out?**
#
# By the end you will be able to
#
# - **split photos at random** into some for learning and some for testing, and say why,
# - **train** a model and **predict** the expressions in new photos, one by one,
# - repeat the split, compare, choose a model and **save** it,
# - tell a lucky score from a deserved one.
#
# It takes about 45 minutes. Parts with a ★ are folded and can wait.

# %%
import facelab

# %% tags=["en"]
facelab.use_language("en")

# %% [markdown] tags=["ko"]
# 3과에서 라벨링한 내 얼굴이 두 표정 이상, 20장씩 있으면 그 얼굴을 써요. 모자라면 함께 들어 있는 얼굴을 써요.

# %% [markdown] tags=["en"]
# If you labelled faces of your own in lesson 3, at least 20 of each of two expressions, we use them. If not, we use the
# faces that come with the kit.

# %%
faces = facelab.load_faces()
faces.counts()

# %% [markdown] tags=["ko"]
# ## 데이터 세트 만들기
#
# **데이터 세트**는 학습과 시험에 쓰려고 한데 모은 사진과 라벨이에요. 우리는 두 표정을 20장씩, 모두 40장 모을 거예요.
# 닮은 표정일수록 도전할 만하니까, `choose_pair`는 20장 이상인 표정 가운데 어려운 것부터 두 가지를 골라요. 고른 두
# 표정은 4과에서처럼 `first`와 `second`라고 불러요.

# %% [markdown] tags=["en"]
# ## Making a data set
#
# A **data set** is a collection of photos with their labels, for learning and for testing. Ours will have two
# expressions with 20 photos each: 40 in all. Look-alikes are the real challenge, so `choose_pair` prefers the difficult
# expressions among those of which there are 20 photos. As in lesson 4, we call our two `first` and `second`.

# %%
first, second = facelab.choose_pair(faces)
dataset = faces.take({first: 20, second: 20})
dataset.plot(columns=10);

# %% [markdown] tags=["ko"]
# ## 일부러 틀려 보기: 본 문제로 시험 보기
#
# 모델 하나를 먼저 시험해 봐요. 이 모델은 **앵무새**예요. 본 얼굴을 모두 외워 두었다가, 물어보면 외운 것 가운데 가장
# 닮은 얼굴의 라벨을 그대로 따라 말해요. (얼굴에서 길이를 재고, 크기를 고르게 맞추고, 가장 가까운 이웃 하나를 찾는 세
# 단계예요.) 앵무새에게 40장을 다 보여 주고, **같은 40장**으로 시험을 봐요.

# %% [markdown] tags=["en"]
# ## Wrong on purpose: a test you have already seen
#
# Let's test a first model, a **parrot**. It memorises every face it is shown. When asked, it finds the most similar
# face in its memory and repeats that label. (Three steps: measure the face, bring the measurements to one scale, find
# the nearest neighbour.) We show the parrot all 40 photos, and test it on **the same 40**.

# %%
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

parrot = make_pipeline(facelab.FaceFeatures(), StandardScaler(), KNeighborsClassifier(n_neighbors=1))
parrot.fit(dataset.points, dataset.labels)
print(facelab.percent(parrot.score(dataset.points, dataset.labels)))

# %% [markdown] tags=["ko"]
# 모두 맞혔어요! 대단한 모델일까요?
#
# ### 연습 5.1 엉터리를 외운 앵무새
#
# 이번에는 라벨의 절반을 **일부러 틀리게** 붙여서 가르치고, 그 틀린 라벨을 정답으로 삼아 또 시험해 봐요. 앵무새는 몇
# %를 맞힐까요?

# %% [markdown] tags=["en"]
# Full marks! A brilliant model?
#
# ### Exercise 5.1 A parrot full of nonsense
#
# Now let's teach it with half of the labels **wrong on purpose**, and mark it by those same wrong labels. How many per
# cent will the parrot get right?

# %% tags=["exercise"]
nonsense = dataset.mislabel(0.5)
parrot.fit(nonsense.points, nonsense.labels)
facelab.exercises.ask("05.1", parrot.score(nonsense.points, nonsense.labels))

# %% [markdown] tags=["ko"]
# 엉터리 라벨로도 100점이에요. 표정을 배운 것이 아니라 **답을 외운 것**이니까요. 시험 문제를 미리 보고 외운 학생의
# 100점과 같아요. 그러니 이 점수로는 처음 보는 얼굴을 맞힐지 알 수 없어요.
#
# ## 고치기: 무작위로 나누기
#
# 방법은 간단해요. 40장 가운데 **8장을 숨겨 두고**, 32장으로만 가르쳐요. 숨긴 8장으로 시험을 보면 모델에게는 모두 처음
# 보는 사진이에요. 어느 사진을 숨길지는 사람이 고르지 않고 **무작위로** 정해요. 쉬운 사진만 골라 숨기면 안 되니까요. 두
# 표정의 비율은 똑같이 지켜요.

# %% [markdown] tags=["en"]
# Full marks for nonsense. It has not learnt expressions, it has **memorised the answers**, like someone who saw the
# exam paper the day before. So this score tells us nothing about faces it has not seen.
#
# ## Putting it right: a random split
#
# The remedy is simple. We **hide 8** of the 40 photos and teach with the other 32 only. Tested on the hidden 8, the
# model meets nothing but new photos. Nobody chooses which ones to hide: that happens **at random**, or we might be
# tempted to hide the easy ones. Both expressions get the same share.

# %%
train, test = dataset.split(test_size=8, by="photo", seed=0)
print(train.counts(), test.counts(), sep="\n")

# %%
test.plot(columns=8);

# %% [markdown] tags=["ko"]
# `train`은 가르치는 데 쓰는 32장, `test`는 시험에 쓰는 8장이에요. `seed`는 섞기 번호예요. 번호가 같으면 언제나 똑같이
# 나뉘어서 친구와 결과를 비교할 수 있어요.
#
# ### 연습 5.2 다르게 나누기
#
# `dataset`의 40장을 학습용 **30장**과 시험용 **10장**으로 무작위로 나누어, 두 묶음을 함께 `parts`에 담아 보세요.

# %% [markdown] tags=["en"]
# `train` holds the 32 photos to learn from, `test` the 8 for the test. `seed` is the number of the shuffle: the same
# number always gives the same split, so that you and a friend can compare results.
#
# ### Exercise 5.2 Another split
#
# Split the 40 photos of `dataset` at random into **30** to learn from and **10** for the test, and put both parts
# together into `parts`.

# %% tags=["exercise"]
parts = ...
facelab.exercises.ask("05.2", parts, dataset)

# %% [markdown] tags=["ko"]
# ## ★ 앵무새의 두 번째 시험
#
# 앵무새에게 다시 시험을 보게 해요. 40장을 8장씩 다섯 묶음으로 나누어, 한 묶음을 숨기고 나머지 32장만 외우게 하기를
# **다섯 번** 하면 40장 모두 한 번씩 처음 보는 사진이 돼요. `cross_val_score`가 이 일을 해 줘요(5겹 교차 검증이라고
# 불러요). 엉터리 라벨을 외운 앵무새와 바른 라벨을 외운 앵무새의 평균 점수를 비교해요. 엉터리도 한 번은 운 좋게 맞을 수
# 있으니까, 서로 다른 엉터리 열 가지를 외우게 해요.

# %% [markdown] tags=["en"]
# ## ★ The parrot's second test
#
# The parrot has to take the test again. We deal the 40 photos into five lots of 8, hide one lot, let it memorise the
# other 32, and do this **five times**, so that each of the 40 is a new photo once. `cross_val_score` does it for us (it
# is called 5-fold cross-validation). Let's compare the mean score of a parrot that memorised nonsense labels with that
# of one that memorised the right ones. Nonsense may be lucky once, so we take ten different kinds of nonsense.

# %%
from sklearn.model_selection import cross_val_score

nonsenses = [dataset.mislabel(0.5, seed=seed) for seed in range(10)]
with_nonsense = [cross_val_score(parrot, each.points, each.labels, cv=5).mean() for each in nonsenses]
with_truth = cross_val_score(parrot, dataset.points, dataset.labels, cv=5).mean()
print(facelab.percent(sum(with_nonsense) / 10), facelab.percent(with_truth))

# %% [markdown] tags=["ko"]
# 외운 사진으로는 둘 다 100점이라 누가 제대로 배웠는지 알 수 없었어요. 처음 보는 사진 앞에서는 100점이 무너져요.
# 엉터리를 외워 봐야 찍는 것(50%)과 별로 다르지 않고, 바른 라벨로 배웠으면 그보다 나아요. **믿을 것은 처음 보는 사진으로
# 본 점수예요.**
#
# ## 학습시키기
#
# 이제 우리 모델을 가르쳐요. 이 모델은 얼굴의 점 478개에서 눈썹과 눈과 입 둘레의 길이와 높이 들을 재요. **학습**은 이
# 가운데 무엇이 얼마나 크면 어느 표정인지, 32장에서 알아내는 일이에요.

# %% [markdown] tags=["en"]
# Now for our own model. From the 478 points of a face it measures lengths and heights of the eyebrows, the eyes and the
# region around the mouth. **Learning** means finding out from 32 photos which of these numbers speak for which
# expression, and how strongly.

# %%
model = facelab.expression_model()
model.fit(train.points, train.labels);

# %% [markdown] tags=["ko"]
# ## 한 장씩 예측하기
#
# 숨겨 둔 사진의 첫 장이에요. 사진을 먼저 보고 나라면 뭐라고 할지 생각한 다음, 모델에게 물어요.

# %% [markdown] tags=["en"]
# ## Predicting, photo by photo
#
# Here is the first hidden photo. Look at it, decide what you would say, and then ask the model.

# %%
test[0].plot();

# %%
answer = facelab.predict_expression(model, test[0])
answer.plot()

# %% [markdown] tags=["ko"]
# 퍼센트 다섯 개는 더하면 100이에요. 배우지 않은 세 표정은 0.00%이고요. 가장 긴 막대가 점선에 닿아야 그 표정이라고
# 말해요. 닿지 못하면 **모르겠다**고 해요. 위에 펼쳐 놓은 여덟 장 가운데 첫 장에는 어떤 라벨이 붙어 있나요?
#
# 번호 `1`을 `7`까지 하나씩 바꾸어 가며 나머지 일곱 장도 물어보세요. **실행하기 전에** 사진을 보고 모델의 답을 맞혀
# 보세요. 모델이 가장 망설인 사진은 몇 번인가요?

# %% [markdown] tags=["en"]
# The five percentages add up to 100, and the three expressions it never learnt get 0.00%. The model names an
# expression only if the longest bar reaches the dashed line; otherwise it **cannot tell**. Of the eight photos above,
# which label does the first one have?
#
# Change the number `1` to `2` and so on up to `7`, and ask about the other photos as well. **Before each run**, look at
# the eight photos above and guess what the model will say. At which photo does it hesitate most?

# %%
facelab.predict_expression(model, test[1]).plot()

# %% [markdown] tags=["ko"]
# 여덟 장의 답을 표 하나에 모아 봐요. 맨 왼쪽이 정답, 맨 오른쪽이 판정이에요.

# %% [markdown] tags=["en"]
# Let's collect all eight answers in one table, with the true label on the left and the verdict on the right.

# %%
report = facelab.evaluate(model, test)
report.answers

# %% [markdown] tags=["ko"]
# ## 점수는 몇 점?
#
# 시험 문제가 8개뿐이니 **한 장의 무게**가 무거워요.

# %% [markdown] tags=["en"]
# ## What's the score?
#
# With only 8 questions in the test, **one photo weighs a lot**.

# %%
print(facelab.percent(1 / len(test)))

# %% [markdown] tags=["ko"]
# 한 장을 더 맞히거나 틀릴 때마다 이만큼 오르내려요. 그래서 그 사이의 점수는 나올 수도 없어요. 이제 채점해 봐요. 채점할
# 때는 막대가 가장 긴 표정을 모델의 답으로 쳐요.

# %% [markdown] tags=["en"]
# That is how far the score jumps with every single photo, and nothing in between is possible. Now let's mark the test.
# For the mark, the longest bar counts as the model's answer.

# %%
print(report.message)

# %% [markdown] tags=["ko"]
# 정확도 옆의 **신뢰 구간**을 보세요. 모델의 진짜 실력이 있을 만한 범위예요. 8장으로는 이 정도로밖에 좁히지 못해요. 무척
# 넓지요?
#
# ## 되풀이하기
#
# 다른 8장을 숨겼다면 점수가 달라졌을까요? 섞기 번호를 바꾸어 가며 열 번 나누고, 그때마다 새 모델을 가르쳐요.
#
# ### 연습 5.3 얼마나 벌어질까?
#
# 열 번 가운데 가장 높은 점수와 가장 낮은 점수는 100점 만점에 몇 점이나 벌어질까요?

# %% [markdown] tags=["en"]
# Look at the **interval** next to the accuracy: the model's true skill is likely to lie somewhere in there. Eight
# photos cannot pin it down any better. It is wide, isn't it?
#
# ## Again and again
#
# Would the score be different if another 8 photos had been hidden? We split ten times with ten shuffle numbers, and
# teach a new model each time.
#
# ### Exercise 5.3 How far apart?
#
# How many points out of 100 will lie between the best and the worst of the ten scores?

# %% tags=["exercise"]
models, scores = [], []
for seed in range(10):
    train, test = dataset.split(test_size=8, seed=seed)
    models.append(facelab.expression_model().fit(train.points, train.labels))
    scores.append(100 * models[-1].score(test.points, test.labels))
facelab.exercises.ask("05.3", scores, test)

# %% [markdown] tags=["ko"]
# 사진도 같고 방법도 같은데 숨긴 8장이 달라졌을 뿐이에요. 이번에는 30번 되풀이한 것을 그래프로 봐요. 40장에서 표정마다
# 16장은 학습에, 4장은 시험에 써요.

# %% [markdown] tags=["en"]
# The same photos, the same method, only another 8 hidden. Now let's repeat it 30 times and draw a chart. Of each
# expression, 16 photos are for learning and 4 for the test.

# %%
conditions = {"16 : 16": {first: 16, second: 16, "by": "photo"}}
thirty = facelab.compare(conditions, dataset, repeats=30, test_size=4)
thirty.plot()

# %% [markdown] tags=["ko"]
# 점들이 아무 데나 있지 않고 띄엄띄엄 줄지어 있지요? 줄과 줄 사이가 사진 한 장이에요. 친구가 “내 모델은 87.5점이야!”
# 하고 자랑하면 이제 이렇게 물을 수 있어요. **“몇 장으로 시험했어? 몇 번 해 봤어?”**
#
# ## 가장 좋은 모델 골라서 저장하기
#
# 열 개 가운데 점수가 가장 높은 모델을 골라요.

# %% [markdown] tags=["en"]
# The dots don't lie just anywhere but in columns: one step from column to column is one photo. Next time a friend
# boasts “my model scores 87.5!”, you can ask: **“On how many photos? And how often did you try?”**
#
# ## Choosing the best and saving it
#
# Of our ten models, we pick the one with the highest score.

# %%
best = scores.index(max(scores))
print(scores[best])

# %% [markdown] tags=["ko"]
# 저장하면 컴퓨터를 껐다 켜도 남아 있어요. 다음 수업에서 이 모델을 다시 불러와 쓸 거예요. 파일은 이 컴퓨터의 `data/mine`
# 폴더에만 있어요.

# %% [markdown] tags=["en"]
# Once saved, it is still there after you switch the computer off and on. In the next lesson you will load it again. The
# file stays on this computer, in the folder `data/mine`.

# %%
path = facelab.MyData().model_path
learnt, tested = dataset.split(test_size=8, seed=best)
facelab.save_model(models[best], path, learnt, tested)
print(path.name)

# %% [markdown] tags=["ko"]
# ## 함정: 운으로 뽑힌 1등
#
# 고른 모델의 점수를 그대로 믿어도 될까요? 아니요. **고를 때 본 점수는 대개 부풀려져 있어요.** 얼마나 부풀려지는지 30번
# 되풀이해서 세어 봐요. `pick_best`는 방금 우리가 한 일을 그대로 해요. 사진 40장을 새로 뽑아 열 번 나누고, 모델 열 개
# 가운데 1등을 고른 다음, 그 1등에게 **처음 보는 사람들**의 사진 40장을 내밀어요. 사진이 많이 필요하니 함께 들어 있는
# 얼굴로 해요.

# %% [markdown] tags=["en"]
# Can we believe the score of the model we picked? No: **the score we picked by is usually inflated.** By how much?
# `pick_best` repeats 30 times what we have just done: it draws 40 photos, splits them ten times, picks the best of the
# ten models, and then shows it 40 photos of **people it has never met**. That takes many photos, so we use the faces
# that come with the kit.

# %%
picked = facelab.pick_best({first: 20, second: 20}, facelab.load_sample(), models=10)
picked.plot()

# %% [markdown] tags=["ko"]
# 두 줄은 **똑같은 1등 모델들**의 점수예요. 윗줄은 고를 때 본 점수, 아랫줄은 처음 보는 사람들로 잰 점수예요. 두 평균의
# 차이는 거의 모두 실력이 아니라 **열 개 가운데 고른 운**이에요. (앞에서 본 `dataset`의 점수와는 견주지 마세요. 그
# 40장은 어쩌다 어렵거나 쉬운 사진이 뽑힌 것일 수 있어요.)
#
# 그래서 규칙이 하나 있어요. **고를 때 쓴 시험으로 자랑하지 않기.** 남에게 말할 점수는 고르기가 다 끝난 뒤에, 아껴 둔
# 사진으로 한 번만 재요.
#
# ## ★ 운만으로 1등 하기
#
# ### 연습 5.4 동전 던지기 대회
#
# 얼굴을 보지 않고 동전만 던지는 모델 **백 개**를 같은 시험에 내보내요. 1등은 몇 %를 맞힐까요?

# %% [markdown] tags=["en"]
# Both rows are about **the very same winners**: above the score each was picked by, below its score on new people. What
# lies between the two means is nearly all **the luck of picking from ten**. (Do not compare them with the scores of
# `dataset` further up: those 40 photos may happen to be hard or easy ones.)
#
# Hence a rule: **never boast with the test you used for choosing.** The score you tell others is measured once, after
# all choosing is over, on photos kept back for it.
#
# ## ★ First by luck alone
#
# ### Exercise 5.4 The coin-tossing championship
#
# Let **a hundred** models that never look at a face, but only toss a coin, take the same test. How many per cent will
# the winner get right?

# %% tags=["exercise"]
from sklearn.dummy import DummyClassifier

coins = [DummyClassifier(strategy="uniform", random_state=number) for number in range(100)]
winner = max(100 * coin.fit(train.points, train.labels).score(test.points, test.labels) for coin in coins)
facelab.exercises.ask("05.4", winner, test)

# %% [markdown] tags=["ko"]
# 동전은 둘 중 하나를 찍을 뿐이니 실력은 50점이에요. 그런데도 1등은 훌륭해 보여요. 많이 시켜 보고 1등만 자랑하면 누구나
# 천재처럼 보일 수 있어요.
#
# ## 사진으로 나누기, 사람으로 나누기
#
# 한 사람의 사진이 여러 장 있을 때는 함정이 하나 더 있어요. 같은 사람의 사진이 학습용과 시험용에 **나뉘어 들어가면**,
# 시험은 완전히 새로운 얼굴이 아니라 아는 사람의 다른 사진이 돼요. **우리 반 얼굴**로 재 봐요. 누구 사진인지 적은 사람이
# 둘 이상이고 저마다 10장 이상이어야 해요. 아직 없으면 함께 들어 있는 열두 명의 얼굴을 써요.

# %% [markdown] tags=["en"]
# A coin deserves 50, no more. And yet the winner looks splendid. Try often enough, show only the best, and anybody
# looks like a genius.
#
# ## Split by photo, split by person
#
# When there are several photos of one person, there is another trap. If some of them go into training and **others into
# the test**, the test is no longer about new faces, but about new photos of old acquaintances. Let's measure it with
# **the faces of your own class**: at least two people whose nickname is noted, with 10 photos or more each. Without
# them we use twelve of the people who come with the kit.

# %%
our_class = facelab.load_faces(people=12)

# %% [markdown] tags=["ko"]
# `split(by="photo")`는 사진을 한 장씩 섞어서 나누고, `split(by="person")`은 사람을 통째로 나누어요. 그러면 시험에
# 나오는 사람은 학습에 한 번도 나오지 않아요. 두 가지로 반씩, 30번 나누어 비교해 봐요.

# %% [markdown] tags=["en"]
# `split(by="photo")` shuffles single photos, `split(by="person")` keeps all photos of a person on the same side, so
# that nobody in the test was ever seen in training. Let's split into halves 30 times both ways, and compare.

# %%
facelab.compare_splits(our_class, repeats=30).plot()

# %% [markdown] tags=["ko"]
# 배운 사진 수도 시험 사진 수도 거의 같아요. 그런데도 사진으로 나눈 쪽이 더 높다면, 그만큼은 표정을 알아본 것이 아니라
# **아는 사람이라서** 맞힌 거예요. 이렇게 시험 문제가 새어 들어가는 것을 *데이터 누출*이라고 해요. 사람이 적을수록 크게
# 새고, 아주 많으면 잘 드러나지 않아요.
#
# 모델을 **처음 만나는 사람**에게 쓸 생각이라면 사람으로 나눈 점수를 믿어야 해요.
#
# ## ★ 시험이 크면 무엇이 달라질까?
#
# ### 연습 5.5 시험용을 더 크게
#
# `dataset`에서 8장 대신 **20장**을 시험용으로 쓰면 무엇이 좋아지고 무엇이 나빠질까요? 표정마다 10장은 학습에, 10장은
# 시험에 써서 30번 되풀이해요. 앞에서 그린 `16 : 16`의 점들과 **흩어진 폭**을 비교해 보세요. (평균으로는 몇 장 덜 배운
# 것이 드러나지 않을 수 있어요. 거의 다 맞히는 쉬운 사진이면 흩어진 폭도 비슷해요.)

# %% [markdown] tags=["en"]
# About as many photos are learnt from and tested both times. If the split by photo scores higher all the same, that
# much was not reading expressions but **knowing the people**. Questions of the test have leaked into the training,
# which is called a *data leak*. The fewer the people, the larger the leak; with very many people it hardly shows.
#
# If you mean to use a model on **people it has never met**, believe the score by person.
#
# ## ★ What does a larger test change?
#
# ### Exercise 5.5 A larger test
#
# What gets better, and what gets worse, if **20** of the photos in `dataset` go into the test instead of 8? Of each
# expression, 10 are to learn from and 10 for the test, and we repeat 30 times. Compare **how widely the dots scatter**
# with `16 : 16` above. (A few photos less to learn from may not show in the mean. And if the photos are so easy that
# nearly all answers are right, both scatter alike.)

# %%
conditions = {"10 : 10": {first: 10, second: 10, "by": "photo"}}
facelab.compare(conditions, dataset, repeats=30, test_size=10).plot()

# %% [markdown] tags=["ko"]
# 어느 말이 맞나요?

# %% [markdown] tags=["en"]
# Which one is true?

# %% tags=["exercise"]
facelab.exercises.ask("05.5")

# %% [markdown] tags=["ko"]
# ## 내 손으로 해 보기
#
# 오늘 30번씩 되풀이한 실험은 **실험실**에도 있어요. 맨 위에서 고르고 슬라이더를 움직여 보세요. 모델을 열 개가 아니라
# 스무 개 만들어 1등을 고르면 얼마나 더 부풀려질까요?

# %% [markdown] tags=["en"]
# ## Your turn at the sliders
#
# The experiments we repeated 30 times can be found here, too. Choose one at the top and move the sliders. How much more
# is the winner's score inflated if you pick from twenty models instead of ten?

# %%
facelab.widgets.Experiment("pick_best")

# %% [markdown] tags=["ko"]
# ### 연습 5.6 함께 이야기하기
#
# 어느 회사가 “우리 표정 인식기는 정확도가 100%입니다!” 하고 광고해요. 오늘 배운 것으로 물어볼 질문을 세 가지 이상
# 만들어 보세요.

# %% [markdown] tags=["en"]
# ### Exercise 5.6 Talk about it
#
# A company advertises: “Our expression reader is 100% accurate!” Use what you learnt today to come up with at least
# three questions for them.

# %% tags=["exercise"]
facelab.exercises.ask("05.6")

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
# 1. 데이터 세트를 **무작위로 나누어**, 배운 적 없는 사진으로 시험해야 진짜 점수예요.
# 2. 시험 사진이 적으면 점수는 운에 흔들려요. **여러 번 되풀이해서** 평균과 흩어진 정도를 함께 봐요.
# 3. 고를 때 쓴 점수는 부풀려져 있어요. 마지막 점수는 **처음 보는 사람들**로 한 번만 재요.
#
# 다섯 표정을 모두 배운 모델은 얼마나 믿을 만할까요? 무엇을 헷갈릴까요? → [6. 평가: 얼마나 믿어도
# 될까?](06_evaluation.ipynb)

# %% [markdown] tags=["en"]
# ## What you take with you
#
# 1. **Split the data set at random**: only photos the model has never seen give an honest score.
# 2. With few test photos luck moves the score. **Repeat it**, and look at the mean and at the spread.
# 3. A score used for choosing is inflated. Measure the final one once, on **people who are new**.
#
# How far can we trust a model that knows all five expressions? What does it mix up? → [6. Evaluation: how far can we
# trust it?](06_evaluation.ipynb)
