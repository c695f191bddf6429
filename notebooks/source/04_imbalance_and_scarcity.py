# %% [markdown] tags=["ko"]
# # 4. 데이터 불균형과 데이터 부족
#
# **오늘의 질문: 기쁜 얼굴 40장, 슬픈 얼굴 20장으로 배운 컴퓨터는 두 표정을 똑같이 잘 알아볼까요?**
#
# 이 수업이 끝나면
#
# - **데이터 불균형**이 무엇이고 그 때문에 누가 손해를 보는지, 실험 결과를 보여 주며 말할 수 있어요.
# - 쉬운 짝과 어려운 짝을 찾아내고, 사진을 더 모으는 일이 언제 도움이 되는지 말할 수 있어요.
# - **데이터 부족**을 알아차리고, 몇 장쯤 필요한지 어림할 수 있어요.
# - 정확도라는 숫자 하나에 속지 않을 수 있어요.
#
# 약 45분 걸려요. ★이 붙은 부분은 접혀 있으니 시간이 남으면 펼쳐 보세요. 3과에서는 *틀린 라벨*이 모델을 망쳤지요. 오늘은
# 라벨이 모두 맞는데도 그래요.

# %% [markdown] tags=["en"]
# # 4. Imbalance and scarcity
#
# **Today's question: a computer learns from 40 happy faces and 20 sad ones. Will it be equally good at both?**
#
# By the end you will be able to
#
# - say what **imbalanced data** are and who loses out, and back it up with an experiment,
# - tell an easy pair of expressions from a hard one, and know when more photos help,
# - recognise **scarce data**, and estimate how many photos are enough,
# - see through a high score that means nothing.
#
# It takes about 45 minutes. Parts with a ★ are folded and can wait. In lesson 3 *wrong labels* ruined a model. Today
# every label is right, and things go wrong all the same.

# %%
import facelab

# %% tags=["en"]
facelab.use_language("en")

# %% [markdown] tags=["ko"]
# 오늘 실험에는 다섯 표정이 모두 넉넉히 있어야 해요. 그래서 함께 들어 있는, 세상에 없는 사람들의 얼굴을 써요. 그
# 가운데서도 표정이 **살며시** 드러난 사진만 꺼내요(`faint=True`). 또렷한 얼굴은 몇 장만 배워도 거의 다 맞혀서 차이가
# 보이지 않거든요. 정말 그런지는 조금 뒤에 확인해요. 표정마다 몇 장씩 있는지부터 세어 봐요.

# %% [markdown] tags=["en"]
# Today's experiments need plenty of photos of all five expressions, so we use the faces that come with the kit: people
# drawn by a computer, who do not exist. Of these we take only the photos whose expression is **faint**: plain faces are
# so easy that no difference would show. Whether that is true we shall see in a moment. First, how many are there of
# each?

# %%
faces = facelab.load_sample(faint=True)
faces.counts()

# %% [markdown] tags=["ko"]
# ## 공평한 실험
#
# 과학 실험에서는 **한 가지만 바꾸고 나머지는 똑같이** 두어요. 이번에 바꿀 것은 기쁨과 슬픔의 비율이에요. 두 경우 모두
# 합해서 60장을 쓰니까, 결과가 다르다면 전체 사진 수가 아니라 비율 때문이에요.
#
# - `30 : 30` 기쁨 30장, 슬픔 30장
# - `40 : 20` 기쁨 40장, 슬픔 20장
#
# 조건은 이렇게 적어요. 수를 고쳐서 다른 실험을 해 볼 수도 있어요.

# %% [markdown] tags=["en"]
# ## A fair test
#
# In a fair test you **change one thing and keep everything else the same**. What we change is the share of joy and
# sadness. Both times there are 60 photos in all, so if the results differ, the share is to blame and not the total
# number of photos.
#
# - `30 : 30` means 30 photos of joy and 30 of sadness.
# - `40 : 20` means 40 photos of joy and 20 of sadness.
#
# This is how conditions are written down. You may change the numbers and so make an experiment of your own.

# %%
shares = {
    "30 : 30": {"joy": 30, "sadness": 30},
    "40 : 20": {"joy": 40, "sadness": 20},
}
imbalance = facelab.compare(shares, faces, test_size=30)

# %% [markdown] tags=["ko"]
# `compare`는 이런 일을 **30번 되풀이**해요. 표정마다 30장을 시험용으로 따로 두고, 나머지 사람들의 사진에서 정해진
# 수만큼 아무렇게나 뽑아 새 모델을 학습시킨 다음, 시험용 사진을 몇 장이나 맞히는지 세어요. 한 번은 운일 수 있으니까요.

# %% [markdown] tags=["en"]
# `compare` does the following **30 times over**: it puts 30 photos of each expression aside for the test, draws the
# photos to learn from at random from those of other people, teaches a brand-new model, and counts how many test photos
# it gets right. Once may be luck.

# %%
imbalance.plot(by="expression")

# %% [markdown] tags=["ko"]
# 점 하나가 실험 한 번이에요. 오른쪽에 있을수록 그 표정을 많이 알아본 거예요. 점들 밑의 굵은 선에서 **세로선은 평균,
# 가로선은 진짜 평균이 있을 만한 범위예요.** 점선은 아무렇게나 찍어도 나오는 점수예요.
#
# `30 : 30`에서 `40 : 20`으로 갈 때 **같은 표정끼리** 비교해 보세요. 사진이 줄어든 슬픔은 왼쪽으로 밀려나고, 사진이
# 늘어난 기쁨은 오른쪽으로 가지요? 모델이 헷갈릴 때 **많이 본 기쁨 쪽으로 기운** 거예요. 그래프 밑의 문장에는 그 차이가
# 우연일 수 있는지도 적혀 있어요. (기쁨과 슬픔을 서로 비교하면 안 돼요. 본래 어느 얼굴이 더 쉬운지도 섞여 있거든요.)
#
# 그럼 **또렷한 얼굴**로 하면 어떨까요? 같은 실험을 해서 나란히 놓아 봐요.

# %% [markdown] tags=["en"]
# Each dot is one run; the further to the right, the more photos of that expression it recognised. Of the thick lines
# below the dots, **the upright one is the mean, the level one the range in which the true mean is likely to lie.** The
# dashed line is what you would get by guessing.
#
# Compare **each expression with itself** from `30 : 30` to `40 : 20`. Sadness, which lost photos, is pushed to the
# left, and joy, which gained some, moves to the right. When in doubt, the model **leans towards joy, which it has seen
# more often**. The sentence below the chart also tells whether the difference may be chance. (Do not compare joy with
# sadness: one of them is easier to begin with.)
#
# And with **plain faces**? Here is the same experiment with these.

# %%
plain = facelab.load_sample(faint=False)
easy = {"20 : 20": {"joy": 20, "sadness": 20}, "27 : 13": {"joy": 27, "sadness": 13}}
facelab.compare(easy, plain, test_size=30).plot(by="expression")

# %% [markdown] tags=["ko"]
# 모두 **만점에 가까워요.** 모두 만점인 시험에서는 누가 더 잘 배웠는지 알 수 없지요. “차이가 없다”라고 말하려면 시험이
# 너무 쉽지 않았는지부터 보아야 해요. 그래서 이제부터 다시 살며시 지은 얼굴로 해요.
#
# **그 표정을 지은 사진 가운데 맞힌 비율**을 *재현율*(recall)이라고 해요. 100%면 모두 알아본 거예요.
#
# 그럼 서로 닮은 표정이라면 어떨까요? 먼저 어떤 짝이 어려운지 찾아야겠어요.
#
# ## 쉬운 짝, 어려운 짝
#
# 기쁨과 화남은 입꼬리부터 달라요. 그런데 놀람과 화남은 둘 다 눈을 크게 뜨고 입을 벌릴 때가 있지요.

# %% [markdown] tags=["en"]
# All of them are **close to full marks**. A test in which everybody gets full marks cannot tell who has learnt better.
# Before you say “there is no difference”, see whether the test was too easy. So from now on we take faint faces again.
#
# **The share of photos of an expression that the model got right** is called its *recall*; 100% means all of them.
#
# But what if two expressions look alike? First we have to find out which pairs are hard.
#
# ## Easy pairs, hard pairs
#
# Joy and anger differ at the corners of the mouth already. Surprise and anger, though, can both come with wide eyes and
# an open mouth.

# %% [markdown] tags=["ko"]
# 이제 세 가지 경우를 비교해요. 쉬울 것 같은 짝 20장씩, 어려울 것 같은 짝 20장씩, 그리고 어려울 것 같은 짝 35장씩이에요.
# `plan`은 준비된 실험의 조건을 꺼내 줘요.

# %% [markdown] tags=["en"]
# We compare three cases: the pair that looks easy with 20 photos each, the one that looks hard with 20 each, and the
# one that looks hard with 35 each. `plan` lays out the conditions of a ready-made experiment: from how many photos of
# each expression to learn.

# %%
pairs = facelab.plan("pairs")
pairs

# %%
facelab.compare(pairs, faces, test_size=30).plot()

# %% [markdown] tags=["ko"]
# 두 가지를 비교해 보세요.
#
# 1. 똑같이 20장씩인데 **첫째와 둘째의 평균**은 얼마나 떨어져 있나요? 둘째가 왼쪽에 있는 만큼 어려운 짝이에요.
# 2. 셋째처럼 사진을 더 주면 **평균이 오른쪽으로 얼마나 가나요?**
#
# 그런데 놀람과 화남이 정말 가장 어려운 짝일까요? 짐작하지 말고 재어 봐요. 다섯 표정으로 만들 수 있는 짝은 모두
# 열이에요.

# %% [markdown] tags=["en"]
# Compare two things.
#
# 1. Both have 20 photos each, yet how far apart are **the first and the second mean**? The further the second is to the
#    left, the harder the pair.
# 2. With more photos, as in the third case, **how far does the mean move to the right?**
#
# But are surprise and anger really the hardest pair? Don't guess: measure. Five expressions make ten pairs.

# %%
all_pairs = facelab.plan("all_pairs")
print(*all_pairs, sep="\n")

# %% [markdown] tags=["ko"]
# ### 연습 4.1 가장 어려운 짝
#
# 어느 짝이 가장 어려울까요? 짝이 될 표정 두 개를 눌러 보세요.

# %% [markdown] tags=["en"]
# ### Exercise 4.1 The hardest pair
#
# Which pair is the hardest? Click on its two expressions.

# %% tags=["exercise"]
ten_pairs = facelab.compare(all_pairs, faces)
facelab.exercises.ask("04.1", ten_pairs, all_pairs)

# %% [markdown] tags=["ko"]
# 열 짝을 모두 그려 봐요.

# %% [markdown] tags=["en"]
# And here are all ten pairs.

# %%
ten_pairs.plot()

# %% [markdown] tags=["ko"]
# 평균이 가장 왼쪽에 있는 짝이 가장 어려운 짝이에요. 가로선이 서로 겹치는 짝은 순위를 가릴 수 없어요. 섞기 번호를
# 바꾸어 `compare(all_pairs, faces, seed=1)`이라고 쓰면 다른 사진이 뽑혀서 그런 짝끼리는 순위가 바뀌기도 해요.
# 이제부터 맨 왼쪽 짝의 두 표정을 `first`와 `second`라고 부를게요. 나란히 놓고 보면 사람도 헷갈릴 만한가요?

# %% [markdown] tags=["en"]
# The pair whose mean is furthest to the left is the hardest one. Pairs whose level lines overlap cannot be put in
# order: with another shuffle, `compare(all_pairs, faces, seed=1)`, other photos are drawn, and they may change places.
# From now on we call the two expressions of the pair on the far left `first` and `second`. Look at the two next to each
# other: would a person mix them up as well?

# %%
first, second = all_pairs[ten_pairs.worst]
faces.take({first: 6, second: 6}).plot(columns=6);

# %% [markdown] tags=["ko"]
# ## 어려운 짝이 한쪽으로 기울면
#
# 이제 가장 어려운 짝으로 불균형 실험을 다시 해요. 이번에는 훨씬 심하게 기울여요. 두 경우 모두 합하면 40장이에요.
#
# ### 연습 4.2 누가 손해를 볼까?
#
# `36 : 4`가 되면 사진이 많은 `first`(앞의 표정)와 적은 `second`(뒤의 표정) 가운데 어느 쪽을 더 많이 틀릴까요?

# %% [markdown] tags=["en"]
# ## When a hard pair tips over
#
# Now we repeat the imbalance experiment with the hardest pair, and tip it much further. Both times there are 40 photos
# in all.
#
# ### Exercise 4.2 Who loses out?
#
# At `36 : 4`, which one will the model get wrong more often: `first`, which has many photos, or `second`, which has
# few? (They stand in this order below.)

# %% tags=["exercise"]
tipped = {
    "20 : 20": {first: 20, second: 20},
    "36 : 4": {first: 36, second: 4},
}
hard_imbalance = facelab.compare(tipped, faces)
facelab.exercises.ask("04.2", hard_imbalance, "36 : 4")

# %% [markdown] tags=["ko"]
# 그래프로도 봐요.

# %% [markdown] tags=["en"]
# Here is the chart.

# %%
hard_imbalance.plot(by="expression")

# %% [markdown] tags=["ko"]
# `36 : 4`에서 두 표정의 평균을 비교해 보세요. 사진이 많은 쪽은 오른쪽으로 가고, 적은 쪽은 왼쪽으로 크게 밀려나요.
# 헷갈리는 얼굴을 만날 때마다 모델이 **많이 본 쪽으로 답하기** 때문이에요. 이렇게 표정마다 사진 수가 크게 차이 나는 것을
# **데이터 불균형**이라고 해요. 손해는 사진이 적은 쪽이 봐요.

# %% [markdown] tags=["en"]
# Compare the two means at `36 : 4`. The expression with many photos moves to the right, the one with few is pushed a
# long way to the left. Whenever a face is doubtful, the model **says what it has seen most often**. When one expression
# has far more photos than another, the data are **imbalanced**, and it is the rare one that pays.

# %% [markdown] tags=["ko"]
# ## ★ 일부러 속아 보기: 게으른 모델의 높은 점수
#
# 이번에는 시험용 사진까지 기울어진 경우예요. 45장 가운데 40장이 `first`예요. 시험용은 이렇게 되었어요.

# %% [markdown] tags=["en"]
# ## ★ Fooled on purpose: the lazy model's high score
#
# Now suppose that the test is tipped as well: 40 of 45 photos are `first`. This leaves the following test.

# %%
crowd = faces.take({first: 40, second: 5})
train, test = crowd.split(test_size=9)
test.counts()

# %% [markdown] tags=["ko"]
# ### 연습 4.3 게으른 모델의 점수
#
# 아주 **게으른 모델**을 데려와요. `DummyClassifier`는 얼굴을 아예 보지 않고, 학습할 때 가장 많았던 표정만 늘 외쳐요. 이
# 모델은 시험 사진의 몇 %를 맞힐까요?

# %% [markdown] tags=["en"]
# ### Exercise 4.3 The lazy model's score
#
# Let's bring in a truly **lazy model**. `DummyClassifier` never looks at a face. It always shouts the expression that
# was the most common when it learnt. How many per cent of this test will it get right?

# %% tags=["exercise"]
from sklearn.dummy import DummyClassifier

lazy = DummyClassifier(strategy="most_frequent").fit(train.points, train.labels)
facelab.exercises.ask("04.3", lazy, test)

# %% [markdown] tags=["ko"]
# 점수를 직접 재어 봐요.

# %% [markdown] tags=["en"]
# Let's measure it.

# %%
print(facelab.percent(lazy.score(test.points, test.labels)))

# %% [markdown] tags=["ko"]
# 얼굴을 보지도 않는데 점수가 이렇게 높아요! 멈춘 시계가 하루에 두 번은 맞는 것과 같아요. 이 점수를 믿고 “잘 배웠다”라고
# 하면 속은 거예요.
#
# 속지 않는 방법은 세 가지예요. 첫째, **표정별로 나누어** 봐요. 가로줄은 정답, 세로줄은 모델의 답이에요.

# %% [markdown] tags=["en"]
# Such a high score, without looking at a single face! A stopped clock is right twice a day as well. Whoever reads this
# score as “it has learnt well” has been fooled.
#
# There are three ways not to be. First, **look at each expression by itself**. Rows are the true labels, columns are
# the model's answers.

# %%
report = facelab.evaluate(lazy, test)
report.plot()

# %% [markdown] tags=["ko"]
# 모델의 답이 세로줄 하나에 몰려 있어요. 드문 표정은 아예 알아보지 못했고요. (시험에 드문 표정이 워낙 적어서, 그래도
# 점수는 높아요.)
#
# 둘째, 정확도 곁에 **찍기 점수**(baseline)를 함께 적어요. 얼굴을 보지 않고 가장 유리하게 찍은 점수, 곧 가장 흔한 표정만
# 외쳤을 때 나오는 점수예요.

# %% [markdown] tags=["en"]
# All the answers are in one column, and the rare expression was never recognised. (There are so few of it in the test
# that the score stays high.)
#
# Second, write the **baseline** next to the accuracy: the score of guessing as cleverly as one can without looking,
# that is, of always saying the most common expression.

# %%
print(facelab.percent(report.accuracy), facelab.percent(report.baseline))

# %% [markdown] tags=["ko"]
# 두 숫자가 같으니 배운 것이 없는 셈이에요. 셋째, 표정마다 **같은 수로 시험**을 봐요.

# %% [markdown] tags=["en"]
# The two are the same, so nothing was learnt. Third, **test with equally many** photos of each expression.

# %%
equal = faces.take({first: 8, second: 8}, seed=1)
print(facelab.percent(lazy.score(equal.points, equal.labels)))

# %% [markdown] tags=["ko"]
# 게으름이 들통났어요. 둘 가운데 하나만 외치니 꼭 절반을 맞혀요. 앞에서 쓴 `compare`도 늘 표정마다 같은 수로 시험을
# 봤어요.
#
# ## ★ 불균형 고치기
#
# 기울어진 데이터를 고치는 길은 세 가지예요. 하나씩 비교해 봐요.
#
# - 많은 쪽을 **버려서** 4장씩 맞추기
# - 사진은 그대로 두고, 적은 쪽 사진 한 장 한 장에 **무게를 더 주기**
# - 적은 쪽을 **더 모아서** 36장씩 맞추기

# %% [markdown] tags=["en"]
# Now its laziness shows: always shouting one of two, it gets exactly half. (`compare` above always tested with equally
# many photos of each expression.)
#
# ## ★ Putting imbalance right
#
# There are three ways to mend imbalanced data. Let's compare them.
#
# - **Throw away** photos of the common expression until there are 4 of each.
# - Leave the photos as they are, but let each photo of the rare expression **count more**.
# - **Collect more** of the rare one until there are 36 of each.

# %%
mended = facelab.plan("remedies", first, second)
facelab.compare(mended, faces).plot(by="expression")

# %% [markdown] tags=["ko"]
# 아무것도 고치지 않은 맨 위의 두 줄과 비교해 보세요. 세 방법 모두 적은 쪽을 오른쪽으로 데려오지요? 그럼 셋
# 가운데 **두 표정이 다** 오른쪽에 있고 점들이 덜 흩어진 것은 어느 것인가요? 버리면 그만큼 배울 것이 줄고, 무게를 더
# 줘도 4장은 4장이라 새로 배울 것이 생기지 않아요. 힘들어도 **더 모으는** 보람이 있어요. 다만 사진 수를 맞췄다고 저절로
# 훌륭한 모델이 되는 것은 아니에요. 다음 이야기가 그거예요.
#
# ## 모자란 데이터
#
# 두 표정의 수가 똑같아도 **둘 다 적으면** 어떨까요? 쉬운 짝인 기쁨과 화남으로, 20장씩(`20 + 20`)과 60장씩(`60 + 60`)을
# 비교해요.

# %% [markdown] tags=["en"]
# Compare with the top two rows, where nothing was mended. All three ways bring the rare expression to the right. But
# with which of them are **both** expressions far to the right, with less scatter? Whoever throws photos away has less
# to learn from, and 4 photos that count more are still 4 photos: there is nothing new in them. **Collecting more** is
# more work, and worth it. Equal numbers alone do not make a good model, however, and that is what comes next.
#
# ## Too little of everything
#
# What if both expressions have equally many photos, but **few**? We take an easy pair, joy and anger, and compare 20 of
# each (`20 + 20`) with 60 of each (`60 + 60`).

# %%
amounts = {
    "20 + 20": {"joy": 20, "anger": 20},
    "60 + 60": {"joy": 60, "anger": 60},
}
facelab.compare(amounts, faces, test_size=30).plot()

# %% [markdown] tags=["ko"]
# 사진이 많아지면 평균이 오른쪽으로 가고 점들이 모이지요? 세 배로 늘렸는데도 껑충 뛰지는 않아요. 쉬운 짝은 20장으로도 꽤
# 잘 배우니까요. 사진이 모자라서 점수가 낮고 들쭉날쭉한 것을 **데이터 부족**이라고 해요.
#
# ## 다섯 표정이면 몇 장이 필요할까?
#
# 다섯 표정을 모두 가르치면서 5장부터 100장까지 늘려 가요. 시험용은 표정마다 8장, 모두 40장이에요.
# `by="photos"`라고 하면 사진 수를 가로로 놓은 **학습 곡선**이 나와요.

# %% [markdown] tags=["en"]
# With more photos the mean moves to the right, and the dots huddle together. It does not leap, though there are three
# times as many: an easy pair is learnt quite well from 20. Where photos are so few that scores are low and jumpy, the
# data are called **scarce**.
#
# ## How many photos do five expressions need?
#
# Let's teach all five expressions, from 5 photos of each up to 100. Of each, 8 photos are for the test, 40 in all.
# `by="photos"` draws a **learning curve**, with the number of photos along the bottom.

# %%
amounts = {str(amount): dict.fromkeys(facelab.EXPRESSIONS, amount) for amount in (5, 10, 20, 40, 70, 100)}
growth = facelab.compare(amounts, faces)
growth.plot(by="photos")

# %% [markdown] tags=["ko"]
# 처음에는 몇 장만 더 모아도 점수가 훌쩍 오르다가, 뒤로 갈수록 덜 올라요. 사진이 몇 장뿐이면 우연히 뽑힌 얼굴의 버릇까지
# 배우기 때문에 점들도 넓게 흩어지고요.
#
# ### 연습 4.4 어디서 그만 모을까?
#
# 사진을 모으는 데는 시간이 들어요. 가장 많이 모았을 때보다 정확도(%)가 3 넘게 떨어지지 않는 **가장 적은 수**는 몇
# 장인가요? 위의 그래프에서 짐작한 다음, 아래의 평균을 보고 찾으세요.

# %% [markdown] tags=["en"]
# At first a handful of extra photos lifts the score a lot; later on each one helps less. With only a few photos a model
# even learns the quirks of the faces that happened to be drawn, so the dots scatter widely.
#
# ### Exercise 4.4 When would you stop collecting?
#
# Collecting photos takes time. What is **the smallest number** whose accuracy (in %) is no more than 3 below that of
# the largest? Estimate it from the chart, then find it in the means below.

# %%
facelab.percent(growth.means.to_frame())

# %% tags=["exercise"]
facelab.exercises.ask("04.4", growth)

# %% [markdown] tags=["ko"]
# ## 내 손으로 해 보기
#
# 맨 위에서 **어떤 실험인지** 고르고, 슬라이더를 움직이고, **실행**을 누르세요. 조건을 바꾸고 **다시**를 누르면 결과가
# 그래프에 더해져서 앞의 것과 비교할 수 있어요. 3과에서 라벨링한 내 얼굴로 하려면 `faces` 대신 `facelab.load_mine()`을
# 넣으세요. 이를테면 기쁨 36장, 슬픔 4장처럼 **쉬운 짝**도 심하게 기울여 보고, 위의 어려운 짝과 비교해 보세요.

# %% [markdown] tags=["en"]
# ## Your turn at the sliders
#
# At the top, choose **which experiment**, move the sliders, and press **Run**. Change a slider and press **Again**: the
# new result is added to the chart, so that you can compare. For faces of your own, which you labelled in lesson 3, put
# `facelab.load_mine()` in place of `faces`. For example, tip an **easy pair** as far, with 36 photos of joy and 4 of
# sadness, and compare it with the hard pair above.

# %%
facelab.widgets.Experiment("imbalance", faces)

# %% [markdown] tags=["ko"]
# ### 연습 4.5 반대로 기울이기
#
# `36 : 4`를 `4 : 36`으로 뒤집으면 누가 손해를 볼까요? `first`가 **4장**, `second`가 **36장** 든 데이터를 `faces`에서
# 꺼내 `tipped_set`에 담아 보세요.

# %% [markdown] tags=["en"]
# ### Exercise 4.5 Tip it the other way
#
# What if `36 : 4` becomes `4 : 36`: who loses out now? Take a set with **4** faces of `first` and **36** of `second`
# out of `faces`, and call it `tipped_set`.

# %% tags=["exercise"]
tipped_set = ...
facelab.exercises.ask("04.5", tipped_set, first, second)

# %% [markdown] tags=["ko"]
# 손해를 보는 것이 *표정* 때문인지 *사진 수* 때문인지 이제 말할 수 있나요?

# %% [markdown] tags=["en"]
# Again we repeat it 30 times. Can you now say whether it is the *expression* that loses out or the *number of photos*?

# %%
both_ways = {"36 : 4": {first: 36, second: 4}, "4 : 36": {first: 4, second: 36}}
facelab.compare(both_ways, faces).plot(by="expression")

# %% [markdown] tags=["ko"]
# ### 연습 4.6 함께 이야기하기
#
# 표정 말고도 불균형한 데이터로 배운 인공지능은 많아요. 목소리, 피부색, 말씨, 병의 종류를 떠올려 보세요. 그때 “드문
# 쪽”은 누구이고, 어떤 손해를 볼까요? 만드는 사람은 무엇을 확인해야 할까요?

# %% [markdown] tags=["en"]
# ### Exercise 4.6 Talk about it
#
# Many machines learn from imbalanced data, not only of expressions. Think of voices, skin tones, accents, illnesses.
# Who are the “rare ones” there, and what does it cost them? What should the makers check?

# %% tags=["exercise"]
facelab.exercises.ask("04.6")

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
# 1. **데이터 불균형**이 심하면 모델은 많이 본 쪽으로 답하고, 사진이 적은 표정이 손해를 봐요. 닮은 표정이면 더 조심해야
#    해요.
# 2. **데이터 부족**이면 점수가 낮고 들쭉날쭉해요. 어려운 짝일수록, 표정이 많을수록 사진이 더 필요해요.
# 3. 정확도 하나만 보지 말고 **표정별로**, **찍기 점수와 함께**, **여러 번 되풀이해서** 봐요.
#
# 다음 수업에서는 데이터 세트를 나누어 모델을 학습시키고, 처음 보는 사진으로 시험해요. → [5. 나누고, 학습하고,
# 예측하기](05_split_train_predict.ipynb)

# %% [markdown] tags=["en"]
# ## What you take with you
#
# 1. When data are badly **imbalanced**, the model says what it has seen most, and the rare expression pays for it. Take
#    special care when two expressions look alike.
# 2. When data are **scarce**, scores are low and jumpy. Hard pairs and many expressions need more photos.
# 3. Never trust one accuracy alone: look at **each expression**, **beside the baseline**, over **many repeats**.
#
# In the next lesson you split a data set, train a model and test it on photos it has never seen. → [5. Split, train,
# predict](05_split_train_predict.ipynb)
