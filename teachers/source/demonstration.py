# %% [markdown] tags=["ko"]
# # 10분 시연: 컴퓨터는 표정을 어떻게 배울까?
#
# 여섯 수업의 핵심을 하나씩 보여 줘요. **Shift + Enter**로 실행하고 **아래 화살표**로 다음 셀로 가요.

# %% [markdown] tags=["en"]
# # In ten minutes: how does a computer learn expressions?
#
# It shows the main idea of each of the six lessons. **Shift + Enter** runs a cell; the **down arrow** goes on to the
# next.

# %%
import facelab

# %% tags=["en"]
facelab.use_language("en")

# %% [markdown] tags=["ko"]
# ## 1. 모델은 배운 것만 알아요
#
# 기쁨과 슬픔만 배운 모델에게 **화난 얼굴**을 보여 주면 뭐라고 할까요? 먼저 손을 들어 맞혀 봐요.

# %% [markdown] tags=["en"]
# ## 1. A model knows only what it was taught
#
# It was taught joy and sadness. What will it say of an **angry** face? Guess first, with a show of hands.

# %%
faces = facelab.load_sample()
angry = faces.select(faces.labels == "anger")
angry[0].plot();

# %%
two = faces.take(joy=20, sadness=20)
young = facelab.expression_model().fit(two.points, two.labels)
facelab.predict_expression(young, angry[0]).plot();

# %% [markdown] tags=["ko"]
# 화남은 0.00%예요. **한 번도 배운 적이 없으니까요.** 다섯 가지를 다 가르치면?

# %% [markdown] tags=["en"]
# Anger gets 0.00%: **nobody ever taught it.** And once it has been taught all five?

# %%
five = faces.take(joy=20, sadness=20, surprise=20, anger=20, neutral=20)
grown = facelab.expression_model().fit(five.points, five.labels)
facelab.predict_expression(grown, angry[0]).plot();

# %% [markdown] tags=["ko"]
# ## 2. 표정은 눈썹, 눈, 입술에 있어요
#
# 컴퓨터는 사진에서 얼굴을 찾고 점 478개를 찍어요. 못 찾을 때는 **까닭**이 있어요. 사진을 아주 어둡게 해 봐요.

# %% [markdown] tags=["en"]
# ## 2. An expression is in the brows, the eyes and the lips
#
# The computer finds the face and sets 478 points. When it finds none there is a **reason**. Let us darken the photo.

# %%
photo = faces.images[5]
found = facelab.find_faces(photo)
facelab.charts.draw_face(facelab.charts.new_axes(), photo, found.faces[0].box, found.faces[0].points);

# %%
print(facelab.find_faces(photo // 12).message)

# %% [markdown] tags=["ko"]
# 눈썹, 눈, 입술을 하나씩 골라 무표정을 만들어 볼 사람?

# %% [markdown] tags=["en"]
# Pick brows, eyes and lips: who can make a neutral face?

# %%
facelab.widgets.Mixer()

# %% [markdown] tags=["ko"]
# ## 3. 틀린 라벨은 모델을 망쳐요
#
# 라벨은 사진에 붙이는 정답이에요. 열 장에 세 장, 네 장씩 **틀리게** 붙이면 점수가 어떻게 될까요?

# %% [markdown] tags=["en"]
# ## 3. Wrong labels spoil a model
#
# A label is the right answer that goes with a photo. What if three or four labels in ten are **wrong**?

# %%
wrong = facelab.plan("wrong_labels")
facelab.compare(wrong, faces).plot();

# %% [markdown] tags=["ko"]
# ## 4. 적게 배운 쪽이 손해를 봐요
#
# 기쁨은 36장, 슬픔은 4장만 가르쳐요. 누가 손해를 볼까요?

# %% [markdown] tags=["en"]
# ## 4. Whoever is in few photos loses out
#
# We teach 36 photos of joy and only 4 of sadness. Who loses out?

# %%
uneven = facelab.plan("strong_imbalance")
facelab.compare(uneven, faces).plot(by="expression");

# %% [markdown] tags=["ko"]
# ## 5. 점수 하나는 믿지 마세요
#
# 사진 여덟 장으로 시험을 보면 한 장이 12.5점이에요. 똑같이 30번 해 보면 점수가 얼마나 흩어질까요?

# %% [markdown] tags=["en"]
# ## 5. Do not trust a single score
#
# In a test of eight photos each is worth 12.5&nbsp;points. How far do the scores of 30 equal tries lie apart?

# %%
same = {"16 + 16": {"sadness": 16, "neutral": 16}}
facelab.compare(same, faces, repeats=30, test_size=4).plot();

# %% [markdown] tags=["ko"]
# ## 6. 무엇을 헷갈리고, 무엇을 절대 알 수 없을까요?
#
# 처음 보는 사람들로 시험해요. 숫자를 누르면 그 뒤의 얼굴이 나와요.

# %% [markdown] tags=["en"]
# ## 6. What does it confuse, and what can it never know?
#
# We test it on people it has never seen. Press a number to see the faces behind it.

# %%
train, test = faces.split(test_size=0.3, by="person", seed=0)
model = facelab.expression_model().fit(train.points, train.labels)
facelab.widgets.Confusion(facelab.evaluate(model, test))

# %% [markdown] tags=["ko"]
# 이제 카메라 앞에 설 사람? 점선에 닿지 못하면 모델은 **모르겠다**고 해요. 카메라는 누를 때만 켜지고, 찍은 것은 이
# 컴퓨터 밖으로 나가지 않아요.

# %% [markdown] tags=["en"]
# Who would like to stand before the camera? Below the dashed line the model says **“I cannot tell”**. The camera is on
# only once it is pressed, and nothing leaves this computer.

# %%
facelab.widgets.Predict()

# %% [markdown] tags=["ko"]
# 웃어 보세요. 그런데 **지금 정말 기쁜가요?** 모델은 지은 표정을 알아볼 뿐, 마음은 알 수 없어요.

# %% [markdown] tags=["en"]
# Smile. And **are you really happy now?** The model recognises the expression you put on; it cannot know how you feel.
