# %% [markdown] tags=["ko"]
# # 6. 평가: 얼마나 믿어도 될까?
#
# **오늘의 질문: 모델이 “기쁨 92%”라고 하면 믿어도 될까요? 모델은 무엇을 헷갈리고, 무엇을 절대로 알 수 없을까요?**
#
# 이 수업이 끝나면
#
# - 새 사진에 대한 모델의 답과 **신뢰도** 다섯 개를 읽고, 언제 **모르겠다**고 해야 하는지 정할 수 있어요.
# - 모델에게 **까닭**을 묻고, 한 부분을 가려서 그 까닭을 확인할 수 있어요.
# - **혼동 행렬**에서 모델이 자주 헷갈리는 표정을 찾고, 그 사진을 열어 까닭을 짐작할 수 있어요.
# - 모델이 알 수 없는 것이 무엇인지, 그래서 어디에 쓰면 안 되는지 말할 수 있어요.
#
# 약 45분 걸려요. ★이 붙은 부분은 접혀 있으니 시간이 남을 때나 다음 시간에 펼쳐 보세요.

# %% [markdown] tags=["en"]
# # 6. Evaluation: how far can we trust it?
#
# **Today's question: if a model says “joy, 92%”, should you believe it? What does it mix up, and what can it never
# know?**
#
# By the end you will be able to
#
# - read a model's answer to a new photo with its five **confidences**, and decide when it should say that it **cannot
#   tell**,
# - ask a model for its **reasons**, and check them by covering a part of the face,
# - find in a **confusion matrix** what it mixes up, and open the photos to see why,
# - say what a model cannot know, and therefore what it must not be used for.
#
# It takes about 45 minutes. The parts with a ★ are folded: they can wait until there is time, or until next time.

# %%
import facelab

# %% tags=["en"]
facelab.use_language("en")

# %% [markdown] tags=["ko"]
# 오늘은 다섯 표정을 모두 아는 모델을 평가해요. 그래서 함께 들어 있는, 세상에 없는 사람들의 얼굴로 가르쳐요. 5과에서
# 배운 대로 **사람으로 나누어서**, 시험에 나오는 사람은 모두 처음 보는 사람이게 해요. 학습용은 한 학급에서 금세 모을
# 만한 만큼, 표정마다 10장만 써요.

# %% [markdown] tags=["en"]
# Today we evaluate a model that knows all five expressions, so we teach it with the faces that come with the kit,
# people who do not exist. As you learnt in lesson 5 we **split by person**: everybody in the test is new to the model.
# To learn from, we take what a class could collect in no time: 10 photos of each expression.

# %%
faces = facelab.load_sample()
train, test = faces.split(test_size=0.3, by="person", seed=0)
few = train.take(**dict.fromkeys(facelab.EXPRESSIONS, 10))
model = facelab.expression_model().fit(few.points, few.labels)
print(few.counts(), test.counts(), sep="\n")

# %% [markdown] tags=["ko"]
# ## 새 사진 한 장
#
# 시험용 사진 가운데 한 장을 물어봐요.

# %% [markdown] tags=["en"]
# ## One new photo
#
# Let's ask about one of the test photos.

# %%
answer = facelab.predict_expression(model, test[0])
answer.plot()

# %% [markdown] tags=["ko"]
# 그래프 위의 한 문장이 **판정**이고, 막대 다섯 개가 표정마다의 **신뢰도**예요. 다섯 개를 더하면 늘 100%예요.

# %% [markdown] tags=["en"]
# The sentence above the chart is the **verdict**, the five bars are the **confidences**. Together they always make
# 100%.

# %% [markdown] tags=["ko"]
# ## 왜 그렇게 답했을까?
#
# 답만 듣고 믿기보다 **까닭**을 물어봐요. 우리 모델은 얼굴에서 잰 수들이 표정마다의 전형적인 얼굴과 얼마나 다른지 보고,
# 잰 수마다 정해 둔 무게를 곱해서 **더하기만** 해요. 그래서 눈썹, 눈, 입술이 답을 얼마나 밀었는지 남김없이 나누어 볼 수
# 있어요.

# %% [markdown] tags=["en"]
# ## Why did it say so?
#
# Rather than trust an answer, ask for its **reasons**. Our model compares each measurement of a face with the typical
# face of every expression, gives each a fixed weight, and then simply **adds them up**. So we can tell exactly how far
# eyebrows, eyes and lips each pushed.

# %%
why = answer.why
why.plot()

# %% [markdown] tags=["ko"]
# 오른쪽 막대는 답 쪽으로 민 힘, 왼쪽 막대는 답에서 멀어지게 민 힘이에요. 얼굴에서는 세게 민 곳일수록 테두리가
# 두꺼워요. ‘눈’에는 눈 밑의 볼이, ‘입술’에는 코끝에서 턱까지 입 둘레를 잰 수도 들어 있어요. 맨 위의 출발점은 **평균
# 얼굴**에서 이 표정이 다른 표정들보다 얼마나 앞서 있었는지예요. 출발점에 세 힘을 더하면 이 얼굴에서 **앞선 만큼**이 딱
# 나와요.

# %% [markdown] tags=["en"]
# Bars to the right push towards the answer, bars to the left push away from it; on the face, the harder a part
# pushes, the thicker its frame. The eyes include the cheeks below them, the lips whatever was measured around the
# mouth, from nose to chin. The first bar is where it starts: how far this expression is ahead of the others in an
# **average face**. Add the three pushes, and you get exactly how far it **is ahead** in this face.

# %% [markdown] tags=["ko"]
# ## ★ 정말 그 부분 때문일까요?
#
# **가리고 다시 물어보면** 알 수 있어요. 아래 모델은 입술과 그 둘레를 보지 못해요. 입술 둘레가
# 평균 얼굴과 똑같은 줄로 알아요.

# %% [markdown] tags=["en"]
# ## ★ Is it really because of that part?
#
# **Cover it and ask again.** The model below cannot see the lips and what is around
# them: it takes them for those of the average face.

# %%
covered = facelab.cover_part(model, "lips")
facelab.predict_expression(covered, test[0]).plot()

# %% [markdown] tags=["ko"]
# 위의 막대그래프와 비교해 보세요. 입술이 민 힘이 컸다면 답도 많이 흔들렸을 거예요.
#
# 사진 한 장이 아니라 시험용 사진 모두라면 어떨까요? 한 부분씩 가리고 채점해 봐요. 어디를 가렸을 때 점수가 가장 많이
# 떨어지나요?

# %% [markdown] tags=["en"]
# Compare with the five bars above. If the lips pushed hard, the answer has changed a lot.
#
# And what about all the test photos instead of one? Let's cover one part at a time and mark the test. Which one costs
# the most?

# %%
for part in why.parts:
    blind = facelab.evaluate(facelab.cover_part(model, part), test)
    print(facelab.say("pieces." + part), "-", blind.message)

# %% [markdown] tags=["ko"]
# ## 모르겠다고 말하기
#
# 54%밖에 안 되는 표정을 “이거예요!” 하고 말해도 될까요? 거의 반은 틀릴 수 있다는 뜻이니 찜찜하지요. 그래서 우리
# 모델에는 **기준**이 있어요. 가장 긴 막대가 기준에 못 미치면 **모르겠다**고 답해요. 따로 정하지 않으면 60%예요.

# %% [markdown] tags=["en"]
# ## Saying “I cannot tell”
#
# Should a model that gives an expression just 54% announce “this is it”? It may well be wrong almost half of the
# time. So ours has a **threshold**. If the longest bar does not reach it, the model says that it **cannot tell**.
# Unless you choose another, it stands at 60%.

# %% [markdown] tags=["ko"]
# 시험용 사진 모두를 물어보고, 가장 긴 막대가 54%에 가장 가까운 사진과 75%에 가장 가까운 사진을 찾아봐요.

# %% [markdown] tags=["en"]
# Let's ask about all test photos, and find the one whose longest bar comes closest to 54%, and the one closest to 75%.

# %%
report = facelab.evaluate(model, test)
doubtful, decided = report.find_confidence(54), report.find_confidence(75)
facelab.predict_expression(model, test[doubtful]).plot()

# %% [markdown] tags=["ko"]
# 점선에 닿지 못했으니 판정은 “모르겠다”예요. 이제 75% 쪽을 봐요.

# %% [markdown] tags=["en"]
# It falls short of the dashed line, so the verdict is “cannot tell”. And the one near 75%:

# %%
facelab.predict_expression(model, test[decided]).plot()

# %% [markdown] tags=["ko"]
# ### 연습 6.1 기준을 올리면
#
# 지금 기준으로 시험용 사진 가운데 몇 장에 “모르겠다”라고 하는지 세어 봐요. 앞이 그 수, 뒤가 전체예요. 기준을 **90**으로
# 올리면 몇 장이 될까요?

# %% [markdown] tags=["en"]
# ### Exercise 6.1 Raise the threshold
#
# With the threshold as it is, how many test photos get “cannot tell”? The first number below, out of the second. And
# how many will there be if we raise the threshold to **90**?

# %%
longest = 100 * report.confidence
print(sum(longest < answer.threshold), len(longest))

# %% tags=["exercise"]
facelab.exercises.ask("06.1", longest, 90)

# %% [markdown] tags=["ko"]
# 기준을 올리면 무엇을 얻을까요? 답한 사진의 비율과, **답한 것 가운데 맞힌 비율**을 기준마다 세어 그래프로 그려 봐요.

# %% [markdown] tags=["en"]
# What do we gain from a higher threshold? For each threshold let's count the share of photos that get an answer, and
# **how many of those answers are right**, and draw both.

# %%
report.plot_coverage(threshold=answer.threshold);

# %% [markdown] tags=["ko"]
# 오른쪽으로 갈수록 답은 줄어요. 그 대신 답이 더 잘 맞나요? 말을 아끼면 덜 틀려요. 어디에 둘지는 **어디에 쓰는지**가
# 정해요. 놀이라면 낮아도 괜찮지만 누군가 다칠 수 있는 일이라면 높아야 해요.
#
# ## 성적표
#
# 이제 시험용 사진 전체로 채점해요. 채점에서는 “모르겠다” 없이 가장 긴 막대를 답으로 쳐요.

# %% [markdown] tags=["en"]
# Further to the right, fewer photos get an answer. Are those answers right more often? Say less, and you are wrong less
# often. Where to put the threshold depends on **what it is for**: low will do for a game, but if somebody could come to
# harm, it must be high.
#
# ## The report
#
# Now we mark the whole test. For the mark there is no “cannot tell”: the longest bar counts as the answer.

# %%
print(report.message)

# %% [markdown] tags=["ko"]
# 점수 곁에는 늘 두 가지가 따라다녀야 해요. 얼마나 정확히 잰 점수인지 알려 주는 **신뢰 구간**, 그리고 가장 흔한 표정만
# 외쳐도 나오는 **찍기 점수**예요. 사진이 많아지니 5과의 8장짜리 시험보다 구간이 훨씬 좁아졌지요? 다만 같은 사람의
# 사진은 서로 닮아서, 사람을 단위로 재면 구간이 이보다 넓어요. 뒤에서 무리마다 채점할 때는 그렇게 재요.
#
# ## 무엇을 헷갈릴까?

# %% [markdown] tags=["en"]
# Two things should always travel with a score: the **interval** that says how precisely it was measured, and the
# **baseline**, what you get by always saying the most common expression. With so many photos the interval is far
# narrower than in the 8-photo test of lesson 5. Photos of the same person are alike, though: counted by people, the
# interval would be wider. That is how we measure it further down, group by group.
#
# ## What does it mix up?

# %%
report.plot()

# %% [markdown] tags=["ko"]
# 이 표가 **혼동 행렬**이에요. 가로줄은 정답, 세로줄은 모델의 답이에요. 왼쪽 위에서 오른쪽 아래로 내려가는 대각선은
# 맞힌 사진이고, 나머지는 모두 틀린 사진이에요. 대각선을 빼고 **가장 큰 수**를 찾아보세요. 어느 표정을 어느 표정으로
# 착각했나요? 숫자 뒤에는 얼굴이 있어요. 그 칸의 사진을 열어 봐요.

# %% [markdown] tags=["en"]
# This is a **confusion matrix**. Rows are the true labels, columns the model's answers. The diagonal from top left to
# bottom right holds what it got right; all the rest are mistakes. Leaving out the diagonal, find **the largest
# number**. Which expression was taken for which? There are faces behind each number. Let's open the photos in that
# cell.

# %%
report.photos_in(*report.most_confused).plot(columns=8);

# %% [markdown] tags=["ko"]
# 사진 밑에 적힌 것은 정답이에요. 눈썹, 눈, 입술 가운데 무엇 때문에 착각했을까요?
#
# 다른 칸도 궁금하면 눌러서 열어 보세요. 화살표 키로 옮겨 다녀도 돼요.

# %% [markdown] tags=["en"]
# The word below each photo is its true label. Was it the eyebrows, the eyes or the lips that misled the model?
#
# Curious about the other cells? Click one to open it, or move with the arrow keys.

# %%
facelab.widgets.Confusion(report)

# %% [markdown] tags=["ko"]
# ### 연습 6.2 가장 잘 알아보는 표정
#
# 표정마다 맞힌 비율(재현율)은 대각선의 수를 그 줄의 합으로 나누면 나와요. 다섯 표정 가운데 **가장 높은** 표정은
# 무엇인가요?

# %% [markdown] tags=["en"]
# ### Exercise 6.2 What it knows best
#
# The share of an expression's photos that the model got right (the recall) is the number on the diagonal divided by
# the sum of its row. Which of the five expressions has **the highest**?

# %% tags=["exercise"]
facelab.exercises.ask("06.2", report)

# %% [markdown] tags=["ko"]
# ## ★ 알아본 만큼, 맞는 만큼
#
# 성적은 두 가지로 물어볼 수 있어요. 기쁨 **사진** 가운데 얼마나 알아봤는지(재현율), 그리고 모델이 기쁨이라고 **답한**
# 것 가운데 얼마나 맞았는지(정밀도)예요. 다섯 표정을 모두 말로 적어 봐요.

# %% [markdown] tags=["en"]
# ## ★ Recognised, and right
#
# There are two questions to ask: how many of the joyful **photos** did it recognise (the recall), and how often was it
# right when it **said** joy (the precision)? Here are both in words, for all five.

# %%
print(report.details)

# %% [markdown] tags=["ko"]
# 표정마다 10장으로는 모자랐던 걸까요? 남겨 둔 학습용 사진까지 **모두** 써서 새 모델을 가르치고, 똑같은 시험을 보게
# 해요. 위의 혼동 행렬과 비교해 보세요.

# %% [markdown] tags=["en"]
# Were 10 photos of each too few? Let's teach a new model with **all** the photos that are there to learn from, and
# give it the very same test. Compare with the matrix above.

# %%
more = facelab.expression_model().fit(train.points, train.labels)
facelab.evaluate(more, test).plot()

# %% [markdown] tags=["ko"]
# ## ★ 한눈에 읽히는 모델
#
# 우리 모델이 더하는 수는 사람이 다 읽기에 너무 많아요. 2과의 **데이터 조각**으로는 훨씬 읽기 쉬운 모델을 만들 수
# 있어요. 얼굴을 가장 닮은 조각으로 바꾼 다음 “입술 6번인가요?” 같은 질문을 하나씩 따라가며 답을 찾는 **결정
# 트리**예요(질문은 모두 일곱 개예요). 어떤 질문을 할지는 사진을 보고 스스로 배워요.

# %% [markdown] tags=["en"]
# ## ★ A model you can read
#
# Our model adds up more numbers than anybody can read. With the **data pieces** of lesson 2 we can make one that is far
# easier: it turns a face into the pieces it is most like, and finds its answer by following questions such as “are the
# lips number 6?” (there are seven in all). That is a **decision tree**. Which questions to ask it learns from the
# photos.

# %%
tree = facelab.piece_tree().fit(train.points, train.labels)
facelab.read_tree(tree).plot();

# %% [markdown] tags=["ko"]
# 칸 속의 수는 그 길로 온 학습용 사진 가운데 몇 장이 맞는지예요. 2과에서 본 기쁨, 슬픔, 화남의 조각 번호가 보이나요?
# 읽기 쉬운 대신 잃는 것은 없을까요? 사람들을 다섯 묶음으로 나누어, 한 묶음씩 **처음 보는 사람**으로 남겨 두고 두 모델을
# 똑같이 채점해요.

# %% [markdown] tags=["en"]
# The numbers in the boxes tell how many of the training photos that end up there are right. Can you find the pieces of
# joy, sadness and anger from lesson 2? But what do we lose for being able to read it? We split the people into five
# groups, keep one group at a time as **people it has never met**, and mark both models alike.

# %%
by_tree = facelab.evaluate_unseen(faces, model=facelab.piece_tree())
by_model = facelab.evaluate_unseen(faces, model=facelab.expression_model())
print(by_tree.message, by_model.message, sep="\n")

# %% [markdown] tags=["ko"]
# 윗줄이 질문하는 나무, 아랫줄이 표정마다 평균 얼굴을 익혀 얼마나 가까운지 재는 우리 모델이에요. 나무는 조각 번호만
# 보니까 “입꼬리가 *얼마나* 올라갔는지” 같은 것을 놓쳐요. 그 대신 왜 틀렸는지 누구나 따라가며 짚어 볼 수 있어요. 훨씬
# 더 많이 맞히는 모델과 누구나 읽을 수 있는 모델 가운데 무엇을 고를지도 **어디에 쓰는지**에 달렸어요.

# %% [markdown] tags=["en"]
# The first line is the tree of questions, the second our model, which knows the mean face of each expression and
# measures how near a face comes to it. A tree that sees nothing but the numbers of pieces misses *how far* the corners
# of a mouth have risen. In return, anybody can follow it to the very question that went wrong. Whether to take the
# model that gets far more right or the one that all can read depends, once again, on **what it is for**.

# %% [markdown] tags=["ko"]
# ## 자신 있게 틀릴 때
#
# 신뢰도가 높으면 늘 맞을까요? 틀린 사진 가운데 모델이 **가장 자신 있어 한** 사진을 찾아봐요. 기준을 넘겨서 그만 틀린
# 답을 말하고 말았을까요?

# %% [markdown] tags=["en"]
# ## Wrong, but how sure?
#
# Does high confidence mean that the answer is right? Of all the photos it got wrong, let's find the one about which
# the model was **most confident**. Did it reach the threshold, so that the model said something false?

# %%
boldest = report.boldest_mistake
facelab.predict_expression(model, test[boldest]).plot()

# %%
test.select([boldest]).plot(columns=1);

# %% [markdown] tags=["ko"]
# 사진 밑에 적힌 정답과 모델의 답을 비교해 보세요. 막대가 점선을 넘었다면 모델은 **자신 있게 틀린** 거예요. 못 넘었다면
# “모르겠다”라고 해서 실수를 면한 거고요. 신뢰도는 “내가 배운 것에 비추어 이만큼 그럴듯하다”라는 말일 뿐이고, **맞는다는
# 보증이 아니에요.** 그래도 우리 모델의 신뢰도는 쓸모가 있을까요? 맞힌 사진과 틀린 사진의 평균 신뢰도를 비교해 봐요.

# %% [markdown] tags=["en"]
# Compare the true label under the photo with the model's answer. If the bar passed the dashed line, the model was
# **sure and wrong**; if not, saying “I cannot tell” saved it from a mistake. Confidence means “judging by what I
# learnt, this looks likely”. **It does not guarantee anything.** Is it of any use, then? Let's compare its mean on
# photos the model got right with the mean on photos it got wrong.

# %%
print(report.confidence_message)

# %% [markdown] tags=["ko"]
# 맞힌 사진 쪽이 더 높으면, 신뢰도는 완벽하지는 않아도 **망설임을 알려 주는 신호**는 되는 거예요.
#
# ## ★ 일부러 틀려 보기: 두 표정만 아는 모델
#
# 이번에는 기쁨과 슬픔만 가르친 모델에게 **무표정**한 얼굴들을 보여 줘요.

# %% [markdown] tags=["en"]
# If it was surer when it was right, confidence is not perfect, but still **a signal of doubt** that we can use.
#
# ## ★ Wrong on purpose: a model that knows only two
#
# Now we teach a model joy and sadness only, and show it **neutral** faces.

# %%
two = train.take(joy=100, sadness=100)
narrow = facelab.expression_model().fit(two.points, two.labels)
neutral = test.select(test.labels == "neutral")
facelab.predict_expression(narrow, neutral[0]).plot()

# %% [markdown] tags=["ko"]
# 무표정은 0.00%예요. 배운 적이 없으니까요. 그런데 더 무서운 일이 있어요. 무표정한 얼굴 가운데 이 모델이 “모르겠다”라고
# 하지 않고 **기쁨이나 슬픔이라고 단정한** 사진은 얼마나 될까요?

# %% [markdown] tags=["en"]
# Neutral gets 0.00%, since the model never learnt it. But there is something worse. For what share of the neutral
# faces does it not say “cannot tell”, but **declares them happy or sad**?

# %%
verdicts = [facelab.predict_expression(narrow, face).label for face in neutral]
print(facelab.percent(sum(verdict is not None for verdict in verdicts) / len(verdicts)))

# %% [markdown] tags=["ko"]
# 배운 것에 없는 얼굴을 만나면 모델은 **아는 것 가운데서 억지로 고르고,
# 자신 있게 말하기도 해요.** 기준만으로는 막을 수 없어요. 고치는 길은 무표정도 가르치는 거예요. 다섯 표정을 다 배운
# `model`은 같은 사진을 어떻게 보나요?

# %% [markdown] tags=["en"]
# Faced with something it never learnt, a model **picks
# from what it knows, and may well be confident about it.** The threshold alone does not prevent this. The remedy is to
# teach it neutral as well. How does `model`, which learnt all five, see the same photos?

# %%
verdicts = [facelab.predict_expression(model, face).label for face in neutral]
print(facelab.percent(sum(verdict in ("joy", "sadness") for verdict in verdicts) / len(verdicts)))

# %% [markdown] tags=["ko"]
# 같은 얼굴인데 이제 기쁨이나 슬픔이라고 단정하는 일이 훨씬 줄었어요. 무표정을 가르쳤기 때문이에요.
#
# ## ★ 말한 만큼 맞힐까?
#
# ### 연습 6.3 오늘의 질문에 답하기
#
# 모델이 “80%쯤 확실해요” 하고 말할 때 실제로 80%쯤 맞을까요? 모델이 더 자신 있어 한 **절반의 사진**을 골라, 평균
# 신뢰도와 맞힌 비율(%)을 나란히 놓아 봐요.

# %% [markdown] tags=["en"]
# The same faces, but far fewer of them are called happy or sad: the model has been taught neutral.
#
# ## ★ Is it right as often as it says?
#
# ### Exercise 6.3 Answer today's question
#
# When the model says “80% sure”, is it right about 80% of the time? We take **the half of the photos** about which
# it was surer, and put its mean confidence next to how many it got right (in %).

# %%
surer = report.surest(0.5)
print(facelab.percent(surer.confidence.mean()), facelab.percent(surer.accuracy))

# %% [markdown] tags=["ko"]
# 앞이 말한 것(평균 신뢰도), 뒤가 맞힌 것이에요. 우리 모델은 어떤가요?

# %% [markdown] tags=["en"]
# First comes what it says (its mean confidence), then what it gets right. What is our model like?

# %% tags=["exercise"]
facelab.exercises.ask("06.3", surer)

# %% [markdown] tags=["ko"]
# 절반으로 뭉뚱그리지 말고, 비슷하게 자신 있어 한 사진끼리 묶어서 봐요. 점이 점선 위에 있으면 그만큼 말한 것보다 잘 맞힌
# 거예요. 세로 막대는 사진이 적어서 얼마나 흔들릴 수 있는지예요.

# %% [markdown] tags=["en"]
# Now let's look more closely, and put photos together about which it was equally sure. A dot above the dashed line
# means: right more often than it said. The upright bars show how uncertain that is with so few photos.

# %%
report.plot_reliability();

# %% [markdown] tags=["ko"]
# ## 내 사진으로 해 보기
#
# 5과에서 저장한 모델이 있으면 그것을, 없으면 준비된 모델을 불러와요. 사진을 끌어다 놓거나, 카메라로 찍거나, 함께 들어
# 있는 사진을 골라 보세요. 답을 본 다음 **다시 해 보기**를 누르면 다른 사진으로 또 해 볼 수 있어요. 기준도 올리고 내려
# 보세요. 다섯 표정을 모두 아는 모델로 하려면 `mine` 대신 `model`을 넣으세요.

# %% [markdown] tags=["en"]
# ## Try your own photo
#
# If you saved a model in lesson 5, we load it. Otherwise we take the ready-made one. Drop a photo, take one with the
# camera or pick one of the shipped ones; **Try again** takes you to the next one. Move the threshold as well. For a
# model that knows all five expressions, put `model` in place of `mine`.

# %%
path = facelab.MyData().model_path
mine = facelab.load_model(path) if path.exists() else facelab.ready_model()
facelab.widgets.Predict(mine)

# %% [markdown] tags=["ko"]
# 위의 도구에서 이런 것을 해 보고, 판정과 다섯 퍼센트를 적어 두세요. 무엇이 모델을 흔들었나요?
#
# 1. 입으로만 웃기, 눈으로만 웃기
# 2. 고개를 돌리거나 기울이기
# 3. 다섯 가지에 없는 표정(혀 내밀기, 한쪽 눈 감기, 하품)
#
# ## ★ 돌린 사진
#
# ### 연습 6.4 사진을 돌리면
#
# 사진을 **90도 돌려** 놓고 물으면 판정이 같을까요, 달라질까요? 사진을 왼쪽으로 돌려서 물어봐요.

# %% [markdown] tags=["en"]
# Try these with the tool above, and write down the verdict and the five percentages. What threw the model off?
#
# 1. Smile with the mouth only, then with the eyes only.
# 2. Turn or tilt your head.
# 3. Make a face that is none of the five: tongue out, one eye shut, a yawn.
#
# ## ★ A turned photo
#
# ### Exercise 6.4 Turn the photo
#
# If we **turn a photo by 90 degrees** and ask again, will the verdict be the same or a different one? The cell turns
# it to the left.

# %% tags=["exercise"]
turned = test[0].turn()
before, after = (facelab.predict_expression(model, face) for face in (test[0], turned))
facelab.exercises.ask("06.4", before, after)

# %% [markdown] tags=["ko"]
# ## ★ 내 무표정을 먼저 보여 주면
#
# 눈썹이 본래 낮은 사람은 가만히 있어도 화난 것처럼 보이곤 해요. 그런데 늘 보던 친구라면 오해하지 않지요? 그 친구의
# **평소 얼굴**을 아니까요. 모델에게도 그 사람의 무표정을 한 장 먼저 보여 줄 수 있어요. 위의 도구에도 그런 버튼이
# 있어요. 그러면 모델은 생김새보다 **무표정에서 얼마나 움직였는지**를 보고 답해요.
#
# 정말 나아지는지 재려면 사람이 많아야 하니까, 함께 들어 있는 사람 모두가 한 번씩 시험에 나오게 해요. 사람들을 다섯
# 묶음으로 나누고, 한 묶음을 시험할 때마다 **나머지 사람들에게서만 배운** 모델을 새로 만들어요.

# %% [markdown] tags=["en"]
# ## ★ Show your neutral face first
#
# Someone whose eyebrows lie low may look angry while simply sitting there. You wouldn't be fooled if it were a
# friend, because you know what your friend **usually looks like**. We can show the model a person's neutral face
# first, too; the tool above has a button for it. It then goes by **how far the face has moved from neutral**, and
# less by how the face is built.
#
# To find out whether that really helps we need many people, so let everybody who comes with the kit be in the test
# once. We part the people into five groups, and for each group that is tested we make a new model that learns **from
# the other people only**.

# %%
unseen = facelab.evaluate_unseen(faces)
told = facelab.evaluate_unseen(faces, own_neutral=True)
print(facelab.percent(unseen.accuracy), facelab.percent(told.accuracy))

# %% [markdown] tags=["ko"]
# 앞은 무표정을 모르고 맞힌 비율, 뒤는 저마다의 무표정 한 장을 먼저 보고 맞힌 비율이에요(그 한 장은 시험에서 뺐어요).
# 얼마나 달라졌나요? 배운 사진은 똑같아요. 배울 때도 답할 때도 **그 사람의 무표정을 0점으로** 놓고, 쑥스러운 듯 절반만
# 움직인 얼굴로도 연습시켰을 뿐이에요. 몸무게를 재기 전에 저울을 0에 맞추는 것과 같아요.
#
# ## ★ 내 사진 다섯 장
#
# 위의 도구에서 표정을 하나씩 짓고 찍은 다음, 그 표정의 이름을 눌러 보세요. 다섯 장이 모이면 **그 다섯 장만 배운 나만의
# 모델**도 나란히 대답해요. 다 해 봤으면 친구와 자리를 바꾸어 앉아요. 나만의 모델은 친구의 표정도 알아볼까요?
#
# 함께 들어 있는 사람들로도 재 봐요. 사람마다 처음 다섯 장만 가르치고, 그 사람의 나중 사진과 다른 사람들의 나중 사진을
# 물어봐요. 나중 사진의 표정은 더 옅어서 알아보기 어려워요.

# %% [markdown] tags=["en"]
# The first number is the share it got right without knowing the neutral faces, the second the share once it had seen
# one of each person (which was then left out of the test). How much has changed? It learnt from the same photos. But
# both in learning and in answering, **zero was the person's own neutral face**, and it practised on faces that moved
# only half as far, too, as shy people do. You set a scale to zero before you weigh something, don't you?
#
# ## ★ Five photos of me
#
# In the tool above, make one expression after the other, take a photo of each and press its name. With all five, **a
# model of your own that has learnt from these five alone** answers, too. Then change places with your neighbour. Does
# your model know your neighbour's expressions as well?
#
# Let's measure it with the people of the kit: for each person, a model learns the first five photos and is asked about
# the person's later photos, and about those of everybody else. The expressions in later photos are fainter and harder.

# %%
first, later = facelab.load_sample(faint=False), facelab.load_sample(faint=True)
own, others = [], []
for person in set(first.people):
    five = first.select(first.people == person)
    personal = facelab.expression_model().fit(five.points, five.labels)
    own.append(facelab.evaluate(personal, later.select(later.people == person)).accuracy)
    others.append(facelab.evaluate(personal, later.select(later.people != person)).accuracy)

# %%
general = facelab.evaluate_unseen(later).accuracy
print(facelab.percent(sum(own) / len(own)), facelab.percent(sum(others) / len(others)), facelab.percent(general))

# %% [markdown] tags=["ko"]
# 앞의 두 수는 다섯 장만 배운 모델이 **자기 주인**과 **다른 사람들**을 맞힌 비율이고, 마지막 수는 여러 사람에게서 배운
# 모델이 처음 보는 사람들을 맞힌 비율이에요. 다섯 장만으로도 아무렇게나 찍은 것(20%)보다 훨씬 나아요. 그런데 주인이 아닌
# 사람 앞에서는 더 자주 틀려요. **한 사람에게만 배운 모델은 그 사람에게 맞춰진 모델**이에요. 모두에게 공평하려면 여러
# 사람에게서 배워야 해요. 나만의 모델은 여러분의 표정을 몇 번 맞히고 몇 번 틀렸나요?
#
# ## ★ 누구에게나 똑같이 잘할까?
#
# 모두 합친 점수가 높아도 **어떤 사람들에게만** 낮을 수 있어요. 그렇다면 공평하지 않지요. 무표정을 모르고 본 시험을
# 무리마다 따로 채점해 봐요. 먼저 피부색이에요. 밝은 쪽부터 `light`, `middle`, `dark`예요.

# %% [markdown] tags=["en"]
# The first two numbers tell how often the models of five photos were right about **their own person** and about
# **everybody else**, the last one how often the model that learnt from many people was about new ones. Five photos
# alone are far better than guessing (20%). But with anybody else such a model is wrong more often: **what learnt from
# one person fits that person**. To be fair to all, it has to learn from many. How often was your own model right about
# you?
#
# ## ★ Is it as good for everybody?
#
# A model can have a high score on the whole and still a low one **for some people**. That would not be fair. Let's
# mark the test without the neutral faces again, group by group. Skin tone comes first: `light`, `middle` and `dark`
# are the thirds of its scale.

# %%
details = facelab.describe_sample()
facelab.percent(facelab.compare_groups(unseen, details["skin"]))

# %% [markdown] tags=["ko"]
# `right`는 맞힌 비율이고, `low`와 `high`는 그 비율이 사실은 어디쯤일지 알려 주는 95% 신뢰 구간이에요. `refused`는 60%가
# 안 되어 “모르겠다”라고 한 비율이에요. `light`와 `dark`의 `right`를 비교해 보세요. 어느 쪽이 낮은가요?
#
# - 두 신뢰 구간이 서로 **떨어져** 있으면 우연이라고 하기 어려워요. “이 모델은 한쪽 사람들의 표정을 덜 알아본다”라고
#   말하고, 까닭을 찾아야 해요.
# - 두 구간이 **겹치면** 우연일 수도, 정말일 수도 있어요. 이만큼의 사람으로는 아직 가릴 수 없어요. 그렇다고 **공평하다는
#   뜻은 아니에요.** 사람을 더 모아 다시 재야 해요.
#
# 안경을 쓴 사람에게는 어떨까요?

# %% [markdown] tags=["en"]
# `right` is the share of right answers, and `low` to `high` the 95% interval in which it may really lie. `refused` is
# the share of photos with less than 60%, for which it said “I cannot tell”. Compare the `right` of `light` and `dark`.
# Which is lower?
#
# - If the two intervals lie **apart**, it is hard to call that chance: we have to say that the model recognises the
#   expressions of some people less often, and look for the reason.
# - If they **overlap**, it may be chance or it may be real: these people are too few to tell. That does **not mean that
#   the model is fair.** We would have to collect more people and measure again.
#
# What about people with glasses?

# %%
facelab.percent(facelab.compare_groups(unseen, details["glasses"]))

# %% [markdown] tags=["ko"]
# 나이는 `details["age"]`, 수염은 `details["beard"]`로 볼 수 있어요. `people`이 몇 명뿐인 무리는 구간이 아주 넓지요?
# 사람이 적으면 공평한지 아닌지도 알 수 없어요. **적게 모은 사람들에 대해서는 모델도 우리도 잘 모르는 거예요.** 답을
# 덜 틀리는 대신 “모르겠다”라는 말을 한쪽에만 많이 하는 것도 공평하지 않으니 `refused`도 꼭 함께 보세요. 그리고 이
# 사람들은 컴퓨터로 그린 사람들이라서, 진짜 사람들에게도 공평한지는 이 표만으로는 알 수 없어요.
#
# ## ★ 기준은 왜 60%일까?
#
# 처음 보는 사람들의 답이 이렇게 많으니, 이제 기준을 어디에 둘지 눈으로 보고 정할 수 있어요.

# %% [markdown] tags=["en"]
# Take `details["age"]` for the age and `details["beard"]` for beards. Where there are only a few `people`, the interval
# is very wide: with so few, nobody can say whether it is fair. **Of people we collected little about, neither the model
# nor we know much.** Look at `refused`, too: to keep saying “I cannot tell” to one group only isn't fair either. And
# these people were drawn by a computer, so this table cannot tell whether it is fair to real ones.
#
# ## ★ Why 60%?
#
# With so many answers about people it had never met, we can look where to put the threshold.

# %%
unseen.plot_coverage();

# %%
facelab.percent(unseen.coverage.loc[[40, 50, 60, 70, 80, 90]])

# %% [markdown] tags=["ko"]
# `answered`는 답한 사진의 비율, `right`는 답한 것 가운데 맞힌 비율이에요. 50%에서는 나머지를 모두 합친 것과 비겨도
# 답을 해 버리고, 90%까지 올리면 멀쩡히 맞힐 사진도 많이 놓쳐요. 우리는 그 사이에서, 거의 반반인 54%에는 입을 다물고
# 75%에는 답하도록 60%를 골랐어요. 꼭 60이어야 하는 것은 아니에요. **여러분이라면** 이 표를 보고 어디에 두겠어요?
#
# 기준이 잘 통하려면 낯선 것 앞에서 자신감이 줄어야 해요. 그래서 이 모델은 배운 얼굴들과 **다르게 생긴 얼굴일수록
# 퍼센트를 고르게 펴서** 덜 자신하게 만들었어요. 다섯 가지에 없는 표정 여덟 가지를 보여 줘 볼까요?

# %% [markdown] tags=["en"]
# `answered` is the share of photos that get an answer, `right` the share of these that are right. At 50% it speaks
# even if all the others together are just as likely; raised to 90%, it keeps silent about many photos it would have
# got right. We chose 60% in between, so that it stays silent at 54%, close to half and half, and speaks at 75%. It
# need not be exactly 60. Looking at the table, where would **you** put it?
#
# A threshold works only if a model loses confidence in front of something strange. So this one was made to **level
# its percentages the more a face differs from all those it learnt**. Let's show it eight expressions that are none of
# the five.

# %%
strange = facelab.load_strange()
ready = facelab.ready_model()
said = [facelab.predict_expression(ready, face).verdict for face in strange]
print(facelab.percent(said.count("?") / len(said)), facelab.percent((unseen.confidence < 0.6).mean()))

# %%
facelab.charts.draw_photos([face.image for face in strange[:8]], said[:8], columns=4);

# %% [markdown] tags=["ko"]
# 위의 두 수 가운데 앞은 다섯 가지에 없는 표정에게, 뒤는 다섯 표정에게 “모르겠다”라고 한 비율이에요. 사진 밑의 `?`가
# “모르겠다”예요. 표정마다 다르지요? 배운 표정 하나와 꼭 닮은 표정이라면 모델은 여전히 속아요.
#
# ## 모델이 절대로 알 수 없는 것
#
# 이 얼굴을 보세요.

# %% [markdown] tags=["en"]
# Of the two numbers, the first is the share of strange expressions for which it said “I cannot tell”, the second the
# share of ordinary ones. In the pictures a `?` stands for “I cannot tell”. It depends on the expression, doesn't it?
# One that looks just like something it learnt still fools the model.
#
# ## What the model can never know
#
# Look at this face.

# %%
smiling = test.select(test.labels == "joy")
smiling[0].plot();

# %% [markdown] tags=["ko"]
# 누군가는 시험을 잘 봐서 웃고, 누군가는 속상한데 친구가 걱정할까 봐 웃고, 누군가는 사진사가 “김치!” 하라고 해서
# 웃어요. **사진은 똑같아요.** 그러니 사진만 보는 모델은 이 셋을 가려낼 수 없어요. 데이터를 더 모아도, 더 똑똑한 모델을
# 써도 마찬가지예요. 답이 사진 속에 없기 때문이에요.
#
# 우리가 붙인 라벨도 **지은 표정**의 이름이지 **느낀 마음**의 이름이 아니었어요. 그러니 이 모델의 점수도 “지은 표정을
# 맞힌 비율”이지 “마음을 맞힌 비율”이 아니에요. 게다가 세상에 없는 사람들의 얼굴로 잰 점수라서, 진짜 사람의 사진에서는
# 달라져요. 우리가 진짜 사람들의 사진 수백 장으로 재어 보니, 그린 얼굴로만 배운 모델의 점수는 훨씬 낮았어요.
#
# 이런 까닭도 있어서, 유럽 연합의 인공지능법은 제5조 제1항 (f)에서 **학교와 일터에서 사람의 감정을 추론하는 인공지능**을
# 내놓거나 쓰는 일을 금지해요(의료나 안전을 위한 것은 예외예요). 이 도구로도 누구의 마음을 알아내려 하거나, 누구를
# 지켜보거나, 점수를 매기지 않아요.

# %% [markdown] tags=["en"]
# One person smiles because the exam went well. Another is upset and doesn't want her friends to worry. A third smiles
# because the photographer said “cheese!”. **The photo is the same.** So a model that sees only the photo cannot tell
# the three apart, and no amount of data and no cleverer model will change that: the answer is not in the picture.
#
# Our labels, too, were names of **posed expressions** and not of **feelings**. So the score of this model says how
# often it recognised the pose, and not how often it read a mind. What is more, it was measured on people who do not
# exist. When we tried a model that learnt only from drawn faces on some hundred photos of real people, its score was
# much lower.
#
# This is one reason why the European Union's AI Act, in Article 5(1)(f), forbids offering or using AI systems that
# **infer people's emotions at school or at work** (except for medical or safety reasons). Nor is this kit for finding
# out what anyone feels, for watching anyone, or for giving marks.

# %% [markdown] tags=["ko"]
# ### 연습 6.5 함께 이야기하기
#
# 셋 가운데 하나를 골라 친구와 이야기해 보세요. **괜찮다 / 안 된다 / 조건이 있다** 가운데 어느 쪽이고, 까닭은
# 무엇인가요? 오늘 나온 숫자를 하나 이상 근거로 들어 보세요.
#
# 1. 사진을 찍을 때 모두 웃으면 저절로 찍히는 카메라
# 2. 온라인 수업에서 “집중하지 않는 학생”을 선생님에게 알려 주는 프로그램
# 3. 표정을 읽기 어려운 사람에게 상대가 지은 표정을 말로 알려 주는 안경

# %% [markdown] tags=["en"]
# ### Exercise 6.5 Talk about it
#
# Choose one of the three and discuss it with a partner. Is it **fine, not acceptable, or only under conditions**? Why?
# Use at least one number from today as evidence.
#
# 1. A camera that takes the picture as soon as everyone smiles
# 2. Software that reports “pupils who aren't concentrating” to the teacher during online lessons
# 3. Glasses that say aloud which expression the other person is making, for people who find faces hard to read

# %% tags=["exercise"]
facelab.exercises.ask("06.5")

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
# ## ★ 모델이 무언가 하게 만들기
#
# 이제 모델이 대답할 때마다 **여러분의 함수**가 불려요. 세 줄이면 돼요. 카메라를 켜고 웃어 보세요. 그다음 글자와 그림을
# 마음대로 바꾸고 두 셀을 다시 실행해 보세요. 틀린 줄이 있으면 몇째 줄인지 알려 줘요.

# %% [markdown] tags=["en"]
# ## ★ Make the model do something
#
# Now each answer of the model calls **a function of yours**. Three lines are enough. Turn the camera on and smile. Then
# change the words and pictures as you like, and run both cells again. If a line of yours is wrong, you are told which.


# %%
def react(answer):
    pictures = {"joy": "🎉", "sadness": "☔", "surprise": "🎈", "anger": "🌋", "neutral": "🙂"}
    return pictures.get(answer.label, "❓")


# %%
facelab.widgets.Camera(on_answer=react)

# %% [markdown] tags=["ko"]
# ## 정리
#
# 1. 신뢰도 다섯 개의 합은 늘 100%예요. 높아도 **틀릴 수 있고**, 낮으면 **모르겠다**고 하는 편이 나아요.
# 2. **혼동 행렬**은 무엇을 무엇으로 착각하는지 보여 줘요. 숫자만 보지 말고 사진을 열어 까닭을 찾아요.
# 3. 모델은 **배운 표정**의 **모양**만 알아요. 마음은 사진 속에 없어요.
#
# 여기까지 왔어요! 얼굴을 모으고, 라벨을 붙이고, 데이터 세트를 만들고, 학습시키고, 평가까지 했어요. 이제
# [2과](02_face_detection.ipynb)로 돌아가 모델이 가장 헷갈리던 표정의 사진을 더 모으고, 3과에서 라벨을 붙이고, 5과에서
# 모델을 다시 가르쳐 보세요. 점수가 달라질까요?

# %% [markdown] tags=["en"]
# ## What you take with you
#
# 1. The five confidences always add up to 100%. A high one can still be **wrong**; with a low one it is better to say
#    **“I cannot tell”**.
# 2. A **confusion matrix** shows what is taken for what. Don't stop at the numbers: open the photos and look for the
#    reason.
# 3. A model knows only the **shapes** of the **expressions it was taught**. Feelings are not in the photo.
#
# You have come all the way: you collected faces, labelled them, made a data set, trained a model and evaluated it. Now
# go back to [lesson 2](02_face_detection.ipynb), collect more photos of whatever was mixed up most, label them in
# lesson 3 and train again in lesson 5. Will the score change?
