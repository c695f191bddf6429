# %% [markdown] tags=["ko"]
# # 2. 얼굴 찾기와 데이터 조각
#
# **오늘의 질문: 컴퓨터는 사진 속 어디가 얼굴인지 어떻게 알까요? 찾지 못할 때는 왜 그럴까요?**
#
# 이 수업이 끝나면
#
# - 사진에서 **얼굴을 검출**하고, 네모를 따라 오려 낼 수 있어요.
# - 얼굴을 눈썹, 눈, 입술이라는 **데이터 조각**으로 나눌 수 있어요.
# - 얼굴을 찾지 못한 까닭을 듣고, 사진을 어떻게 다시 찍으면 좋을지 말할 수 있어요.
# - 내 사진(또는 함께 들어 있는 얼굴)으로 데이터를 모을 수 있어요.
#
# 두 시간에 나누어 해요. 한 시간은 약 45분이에요.
#
# - **2A** 얼굴을 찾고, 데이터 조각으로 나누어요.
# - **2B** 찾지 못하는 까닭을 알아보고, 내 데이터를 모아요.
#
# ★이 붙은 부분은 접혀 있어요. 시간이 남으면 제목 아래의 **+** 버튼을 눌러 펼쳐 보세요.

# %% [markdown] tags=["en"]
# # 2. Finding faces, and data pieces
#
# **Today's question: how does a computer know which part of a photo is a face? And when it can't find one, why not?**
#
# By the end you will be able to
#
# - **detect** the faces in a photo and cut them out along a rectangle,
# - take a face apart into **data pieces**: eyebrows, eyes and lips,
# - say why a face was not found, and how to take a better photo,
# - collect data from photos of your own (or from the faces that come with the kit).
#
# It takes two lessons of about 45 minutes each.
#
# - **2A** Find faces, and take them apart into data pieces.
# - **2B** See why a face is not found, and collect data of your own.
#
# Parts with a ★ are folded. If there is time, click **+** below a title to open it.

# %%
import facelab

# %% tags=["en"]
facelab.use_language("en")

# %% [markdown] tags=["ko"]
# ## 2A. 컴퓨터에게 사진은 숫자예요
#
# 함께 들어 있는 얼굴 가운데 하나를 사진으로 써요. 세상에 없는 사람이라 마음 놓고 살펴봐도 돼요.

# %% [markdown] tags=["en"]
# ## 2A. To a computer, a photo is numbers
#
# We take one of the faces that come with the kit. This person doesn't exist, so we may look as closely as we like.

# %%
faces = facelab.load_sample()
photo = faces.images[5]
facelab.charts.draw_photos([photo]);

# %% [markdown] tags=["ko"]
# 사진은 **픽셀**이라는 작은 네모로 이루어져 있어요. 왼쪽 맨 위의 픽셀을 꺼내 봐요. 픽셀 하나하나가 빨강, 초록, 파랑의
# 밝기를 나타내는 **숫자 세 개**예요. 숫자는 0(가장 어두움)부터 255(가장 밝음)까지예요. 어디에도 “얼굴”이라고 적혀 있지
# 않아요.

# %% [markdown] tags=["en"]
# A photo is made of tiny squares, called **pixels**. Here is the one in its top left corner. Every pixel is just
# **three numbers** for how bright its red, green and blue are, from 0 (darkest) to 255 (brightest). Nowhere does it say
# “face”.

# %%
print(photo[0, 0])

# %% [markdown] tags=["ko"]
# 이런 픽셀이 세로로 320개, 가로로 320개 있어요. 이 많은 숫자 가운데 어디가 얼굴인지 찾아내는 일을 **얼굴 검출**이라고
# 해요.
#
# ## 얼굴을 찾아 네모 치기
#
# `find_faces`는 사진 한 장을 받아 얼굴을 찾아요. 찾은 얼굴마다 네모를 쳐서 보여 줘요.

# %% [markdown] tags=["en"]
# The photo has 320 rows of 320 such pixels. Finding out which of all these numbers make up a face is called **face
# detection**.
#
# ## A rectangle round the face
#
# `find_faces` takes a photo and looks for faces. It draws a rectangle round each one it finds.

# %%
found = facelab.find_faces(photo)
found.plot(photo);

# %% [markdown] tags=["ko"]
# 네모는 숫자 네 개로 적어요. 왼쪽에서 몇 픽셀, 위에서 몇 픽셀 떨어져 있는지, 그리고 너비와 높이예요.

# %% [markdown] tags=["en"]
# Four numbers are enough for a rectangle: how many pixels it is from the left and from the top, then its width and its
# height.

# %%
face = found.faces[0]
face.box

# %% [markdown] tags=["ko"]
# 사진에 여러 사람이 있으면 어떨까요? 사진 세 장을 옆으로 이어 붙여 단체 사진을 만들어 봐요.

# %% [markdown] tags=["en"]
# What if there are several people? Let's make a group photo by putting three pictures side by side.

# %%
import numpy as np

left, middle, right = faces.take(joy=1, anger=1, surprise=1, seed=1).images
group = np.hstack([left, middle, right])
found = facelab.find_faces(group)
found.plot(group);

# %% [markdown] tags=["ko"]
# ### 연습 2.1 실행하기 전에 맞혀 보기
#
# 단체 사진의 가운데 사람을 **위아래로 뒤집으면** 얼굴을 몇 개 찾을까요? 세 개? 두 개?

# %% [markdown] tags=["en"]
# ### Exercise 2.1 Predict before you run
#
# If we turn the person in the middle **upside down**, how many faces will be found? Three? Two?

# %% tags=["exercise"]
group = np.hstack([left, np.flipud(middle), right])
found = facelab.find_faces(group)
facelab.exercises.ask("02.1", found)

# %% [markdown] tags=["ko"]
# 무엇을 찾고 무엇을 놓쳤을까요?

# %% [markdown] tags=["en"]
# What did it find, and what did it miss?

# %%
found.plot(group);

# %% [markdown] tags=["ko"]
# ## 데이터 조각: 눈썹, 눈, 입술
#
# 컴퓨터는 네모만 치는 것이 아니라 얼굴마다 **점 478개**도 찍어요. 점마다 번호가 정해져 있어서, 누구의 얼굴이든 61번은
# 입꼬리예요. 사진 위에 점을 찍어 봐요.

# %% [markdown] tags=["en"]
# ## Data pieces: eyebrows, eyes, lips
#
# The computer does more than draw a rectangle: it also marks **478 points** on every face. Every point has a fixed
# number: number 61 is a corner of the mouth, no matter whose face it is. Let's draw them on the photo.

# %%
facelab.charts.draw_face(facelab.charts.new_axes(), photo, face.box, face.points);

# %% [markdown] tags=["ko"]
# 아까 그 단체 사진에도 점을 찍어 봐요. 거꾸로 된 사람의 눈과 입도 **제자리에** 찍혔나요?

# %% [markdown] tags=["en"]
# Let's draw the points on the group photo, too. Are the eyes and the mouth of the person upside down **where they
# should be**?

# %%
ax = facelab.charts.new_axes()
facelab.charts.draw_face(ax, group)
for each in found.faces:
    facelab.charts.draw_face(ax, None, each.box, each.points)

# %% [markdown] tags=["ko"]
# 이 검출기는 거의 바로 선 얼굴만 보고 배웠어요. 그래서 거꾸로 선 얼굴을 놓치거나, 이마에 입을 그리곤 해요. 우리
# 프로그램은 수상하다 싶으면 얼굴을 네 방향으로 돌려 다시 보지만, 그래도 틀릴 때가 있어요. 컴퓨터가 “찾았어요!” 해도
# 눈으로 확인해야 해요.

# %% [markdown] tags=["en"]
# This detector learnt almost only from upright faces. It tends to miss one that stands on its head, or to put a
# mouth on the forehead. Where something looks odd our program turns the face and looks again from all four sides,
# and still it is wrong now and then. So even when a computer says “found”, have a look yourself.

# %% [markdown] tags=["ko"]
# 친구가 웃는지 놀랐는지 알아볼 때 어디를 보나요? 코나 귀보다는 **눈썹, 눈, 입술**을 보지요. 표정을 말해 주는 이 세
# 부분을 **데이터 조각**이라고 불러요. 점의 번호를 알면 조각을 오려 낼 수 있어요. 오려서 나란히 놓아 봐요.

# %% [markdown] tags=["en"]
# When you want to know whether a friend is smiling or startled, where do you look? Not so much at nose and ears as at
# **eyebrows, eyes and lips**. We call these three parts **data pieces**, because they tell us the expression. With the
# numbers of their points they can be cut out. Here they are side by side.

# %%
facelab.charts.draw_photos(face.cut_pieces());

# %% [markdown] tags=["ko"]
# 이 세 조각만 보고도 어떤 표정인지 알 것 같나요? 다른 얼굴의 조각과 비교해 보면 더 잘 보여요.
#
# ### 연습 2.2 입의 높이 재기
#
# 점의 번호를 알면 **잴** 수도 있어요. `face.points[0, 1]`은 0번 점이 사진 위쪽 끝에서 몇 픽셀 내려와 있는지를 말해요.
# 입술 맨 위가 0번, 맨 아래가 17번 점이에요. 그럼 이 입은 위아래로 **몇 픽셀**인가요? 점 세 개 자리에 식을 쓰고, 셀을
# 실행하고, **확인**을 누르세요.

# %% [markdown] tags=["en"]
# Could you tell the expression from these three pieces alone? It is easier next to the pieces of another face.
#
# ### Exercise 2.2 Measure the mouth
#
# With the numbers of the points we can also **measure**. `face.points[0, 1]` says how many pixels point 0 lies below
# the top edge of the photo. The top of the lips is point 0, their bottom is point 17. So **how many pixels** high is
# this mouth? Write a calculation in place of the three dots, run the cell, and press **Check**.

# %% tags=["exercise"]
height = ...
facelab.exercises.ask("02.2", height, face)

# %% [markdown] tags=["ko"]
# 놀란 얼굴의 조각이에요. 입이 열리면서 눈썹도 함께 달라졌나요?

# %% [markdown] tags=["en"]
# Here are the pieces of a surprised face. The mouth has opened. Have the eyebrows changed with it?

# %%
surprised = faces.select(faces.labels == "surprise")[0]
facelab.charts.draw_photos([surprised.image, *surprised.cut_pieces()]);

# %% [markdown] tags=["ko"]
# ## ★ 조각은 어떻게 오려 낼까?
#
# 점들을 모두 담는 가장 작은 네모를 찾아, 둘레에 조금 여유를 두고 자르면 돼요. 입술은 양쪽 입꼬리(61, 291)와 맨 위(0),
# 맨 아래(17) 점이면 돼요.

# %% [markdown] tags=["en"]
# ## ★ How are pieces cut out?
#
# Find the smallest rectangle that holds the points, and leave a little room around it. For the lips, their two corners
# (61 and 291), the top (0) and the bottom (17) will do.

# %%
left_edge, right_edge = int(face.points[61, 0]) - 8, int(face.points[291, 0]) + 8
top_edge, bottom_edge = int(face.points[0, 1]) - 8, int(face.points[17, 1]) + 8
facelab.charts.draw_photos([photo[top_edge:bottom_edge, left_edge:right_edge]], columns=2);

# %% [markdown] tags=["ko"]
# ## 조각을 섞어 얼굴 만들기
#
# 눈썹 여섯 가지, 눈 여섯 가지, 입술 여섯 가지를 미리 그려 두었어요. 조각마다 번호가 있어요.

# %% [markdown] tags=["en"]
# ## Mixing a face from pieces
#
# Here are six kinds of eyebrows, six kinds of eyes and six kinds of lips. Every piece has a number.

# %%
facelab.pieces.list_pieces().plot();

# %% [markdown] tags=["ko"]
# 그래서 표정을 **숫자 세 개**로 적을 수 있어요. 표에서 조각을 찾아 머릿속으로 얼굴을 그려 보세요.
#
# | 표정 | 눈썹 | 눈 | 입술 |
# |---|---|---|---|
# | 기쁨 | 1 | 3 | 6 |
# | 슬픔 | 2 | 2 | 5 |
# | 화남 | 3 | 2 | 5 |
#
# 조각을 눌러 얼굴을 만들고, 모델이 뭐라고 하는지 보세요. 슬픔과 화남은 **눈썹 하나만** 달라요! 그럼 **무표정**은 어떤
# 조각일까요? 다 풀면 **다른 수수께끼**도 있어요. 마음에 드는 얼굴은 내 데이터에 넣어 두세요. 내 얼굴을 쓰지 않고도
# 나만의 데이터를 모을 수 있어요.

# %% [markdown] tags=["en"]
# So we can write down an expression as **three numbers**. Find the pieces in the table, and picture the faces in your
# mind.
#
# | expression | eyebrows | eyes | lips |
# |---|---|---|---|
# | joy | 1 | 3 | 6 |
# | sadness | 2 | 2 | 5 |
# | anger | 3 | 2 | 5 |
#
# Click on pieces to make a face, and see what the model says about it. Between sadness and anger, **only the
# eyebrows** differ! So which pieces make a **neutral** face? Once you know, there are **other riddles**. Put the faces
# you like into your data: that way you can collect a data set of your own without showing your face.

# %%
facelab.widgets.Mixer()

# %% [markdown] tags=["ko"]
# ### 연습 2.3 무표정 수수께끼
#
# **무표정**이 되는 눈썹, 눈, 입술을 하나씩 골라 보세요. 준비된 모델이 보고 말해 줄 거예요.

# %% [markdown] tags=["en"]
# ### Exercise 2.3 The riddle of the neutral face
#
# Choose the eyebrows, eyes and lips that make a **neutral** face. The ready-made model will have a look at it.

# %% tags=["exercise"]
facelab.exercises.ask("02.3")

# %% [markdown] tags=["ko"]
# ## 얼굴을 조각으로 읽기
#
# 거꾸로 얼굴을 보고 조각을 맞힐 수도 있어요. 눈썹, 눈, 입술에 찍은 점들이 여섯 조각의 점들과 얼마나 떨어져 있는지
# 재서, **가장 가까운 조각**을 고르는 거예요.

# %% [markdown] tags=["en"]
# ## Reading a face into pieces
#
# It also works the other way round: from a face to its pieces. We measure how far the points on eyebrows, eyes and
# lips are from those of the six pieces, and take **the nearest piece**.

# %%
facelab.pieces.read_face(faces[0]).plot();

# %% [markdown] tags=["ko"]
# 그림 밑의 수가 거리예요. 두 눈 사이 거리의 몇 %인지로 적었어요. 파란 테두리가 가장 가까운 조각이에요. 이제 사진을
# 넣거나 카메라로 찍어서 읽어 보세요. 조각으로 다시 만든 얼굴이 내 표정과 닮았나요?

# %% [markdown] tags=["en"]
# The numbers below the pictures are the distances, as a share of the distance between the eyes, in %. The blue frame
# marks the nearest piece. Now read a photo, or take one with the camera. Does the face rebuilt from pieces show your
# expression?

# %%
facelab.widgets.ReadFace()

# %% [markdown] tags=["ko"]
# 조각은 여섯 가지뿐이라 **가장 닮은 것**일 뿐 똑같지는 않아요. 사람마다 눈 크기가 달라서, 특히 눈은 엉뚱한 조각이
# 뽑히기도 해요. 거리를 보면 얼마나 믿을 만한지 짐작할 수 있어요.

# %% [markdown] tags=["en"]
# With only six shapes of each, a piece is **the most alike**, never the same. Eyes in particular may end up as a piece
# you would not have chosen, since some people's are larger than others'. The distances tell how far to trust it.

# %% [markdown] tags=["ko"]
# ## 여기까지 첫 시간이에요 (2A 끝)
#
# 1. 사진은 숫자예요. 그 숫자에서 얼굴을 찾아 네모를 치는 일이 **얼굴 검출**이에요.
# 2. 표정은 눈썹, 눈, 입술이라는 **데이터 조각**에 담겨 있어요.
#
# Ctrl + S를 눌러 저장하고 쉬어요. 다음 시간에는 맨 위의 `import facelab` 셀을 실행한 다음, **여기부터** 이어서 해요.

# %% [markdown] tags=["en"]
# ## This is the end of the first lesson (2A)
#
# 1. A photo is numbers. Finding the faces among them and drawing rectangles is called **face detection**.
# 2. The expression is in the **data pieces**: eyebrows, eyes and lips.
#
# Press Ctrl + S to save, and have a break. Next time, run the two cells at the very top (`import facelab` and the one
# below it), and go on **from here**.

# %% [markdown] tags=["ko"]
# ## 2B. 찾지 못할 때는 까닭이 있어요
#
# 사람도 캄캄한 방에서는 누가 누구인지 몰라요. 컴퓨터가 어떤 사진을 어려워하는지 알면 좋은 데이터를 모을 수 있어요.
# 그래서 **일부러 나쁜 사진**을 만들어 봐요. 숫자를 모두 12로 나누면 사진이 어두워져요.

# %% [markdown] tags=["en"]
# ## 2B. When it fails, there is a reason
#
# In a pitch-dark room you wouldn't recognise anyone either. If you know which photos a computer finds hard, you can
# collect better data. So let's make some **bad photos on purpose**. If we divide every number by 12, the photo turns
# dark.

# %%
import numpy as np

faces = facelab.load_sample()
photo = faces.images[10]
dark = photo // 12
print(facelab.find_faces(dark).message)

# %% [markdown] tags=["ko"]
# 그냥 “오류”라고 하지 않고 무엇이 문제인지, 어떻게 하면 되는지 말해 주지요?
#
# ## ★ 밝게 하려다가
#
# 어두워졌으니 숫자를 다시 키우면 되겠지요? 넉넉하게 20을 곱해 봐요.

# %% [markdown] tags=["en"]
# It doesn't just say “error”: it tells what is wrong and what to do.
#
# ## ★ Meant to be brighter
#
# The photo is too dark, so we make the numbers bigger again. To be generous, we multiply by 20.

# %%
bright = dark * 20
facelab.charts.draw_photos([photo, dark, bright]);

# %% [markdown] tags=["ko"]
# 앗, 이상한 사진이 되었어요! 숫자 하나는 255까지만 커질 수 있어서, 255를 넘으면 **0부터 다시 세기** 때문이에요.
# 자동차의 주행 거리 숫자가 끝까지 차면 0으로 돌아가는 것과 같아요. 가장 밝아야 할 곳이 도로 어두워졌지요.
#
# ### 연습 2.4 한 바퀴 돈 숫자
#
# 사진 속 숫자 하나가 200이에요. 두 배 하면 **몇이 될까요?**

# %% [markdown] tags=["en"]
# Oh dear, what a strange picture! Each number can only go up to 255, and beyond that it **starts again at 0**, like a
# mileage counter that has run out of digits. So the brightest places have turned dark.
#
# ### Exercise 2.4 Once round the counter
#
# One of the numbers in the photo is 200. Double it: **which number** stands there now?

# %% tags=["exercise"]
facelab.exercises.ask("02.4")

# %% [markdown] tags=["ko"]
# 사진을 고치는 방법은 간단해요. 소수로 계산하고, 255를 넘는 숫자는 255에서 **멈추게** 하면 돼요.

# %% [markdown] tags=["en"]
# Mending the photo is simple: calculate with decimals, and **cap** every number at 255.

# %%
mended = np.clip(dark * 20.0, 0, 255).astype(np.uint8)
facelab.charts.draw_photos([photo, dark, bright, mended]);

# %% [markdown] tags=["ko"]
# 처음보다 조금 하얗지만 얼굴이 다시 보여요.
#
# ## 가려지거나 잘린 사진
#
# 나쁜 사진을 두 장 더 만들어요. 코 아래를 파랗게 칠해 **가린 사진**, 그리고 왼쪽 160픽셀을 잘라 낸 **잘린 사진**이에요.

# %% [markdown] tags=["en"]
# It is a little paler than at first, but the face is back.
#
# ## Covered or cut off
#
# Two more bad photos: a **covered** one, painted blue below the nose, and one that is **cut off**: 160 pixels are
# missing on the left.

# %%
face = facelab.find_faces(photo).faces[0]
nose = int(face.points[2, 1])
covered = photo.copy()
covered[nose:] = (60, 130, 200)
cut_off = photo[:, 160:]
facelab.charts.draw_photos([dark, covered, cut_off]);

# %% [markdown] tags=["ko"]
# 한 장씩 물어보면 까닭이 저마다 달라요.

# %% [markdown] tags=["en"]
# Ask about each of them, and you get three different reasons.

# %%
for bad_photo in (dark, covered, cut_off):
    print(facelab.find_faces(bad_photo).message)

# %% [markdown] tags=["ko"]
# 이런 까닭이 나온 사진은 **건너뛰고** 다시 찍으면 돼요. 억지로 데이터에 넣으면 모델이 엉뚱한 것을 배워요.
#
# ### 연습 2.5 얼마나 어두워도 괜찮을까?
#
# 원래 밝기를 100%라고 할 때, 아직 얼굴을 쓸 수 있는 **가장 어두운 밝기**는 10%, 20%, 30%, … 가운데 어느 것일까요? 여러
# 번 바꾸어 넣어 보세요.

# %% [markdown] tags=["en"]
# When you hear such a reason, **skip** the photo and take a new one. Forcing it into your data teaches the model
# nonsense.
#
# ### Exercise 2.5 How dark is too dark?
#
# Let 100% be the brightness of the photo as it is. Among 10%, 20%, 30% and so on, which is the **darkest** at which the
# face can still be used? Try as many as you like.

# %% tags=["exercise"]
facelab.exercises.ask("02.5", photo)

# %% [markdown] tags=["ko"]
# ## 내 사진으로 데이터 모으기
#
# 이제 진짜 데이터를 모을 차례예요. 얼굴이 나온 사진을 끌어다 놓거나 골라 주세요. 다섯 가지 표정을 골고루, 밝은 곳에서,
# 얼굴이 가려지지 않게 찍은 사진이 좋아요.
#
# - 사진은 이 컴퓨터의 `data/mine` 폴더에만 저장되고, **밖으로 나가지 않아요.** 언제든 지울 수 있어요.
# - 친구가 나온 사진은 **친구에게 먼저 물어보고** 써요.
# - 얼굴을 쓰고 싶지 않으면 그냥 넘어가도 돼요. 다음 수업부터는 함께 들어 있는 얼굴을 쓰게 돼요.

# %% [markdown] tags=["en"]
# ## Collecting data from your own photos
#
# Now for some real data. Drag photos with faces in here, or choose them. The best ones are bright, with nothing in
# front of the face, and with all five expressions among them.
#
# - Your photos are stored in the folder `data/mine` on this computer and **never leave it**. You can delete them at any
#   time.
# - If a friend is in the photo, **ask your friend first**.
# - You'd rather not use a face of your own? Just read on. The next lessons will use the faces that come with the kit.

# %%
facelab.widgets.Upload()

# %% [markdown] tags=["ko"]
# 사진이 없으면 카메라로 바로 찍어도 돼요. 카메라는 **카메라 켜기**를 눌러야 켜져요.

# %% [markdown] tags=["en"]
# No photos at hand? Take some with the camera. It stays off until you press **Turn the camera on**.

# %%
facelab.widgets.Camera()

# %% [markdown] tags=["ko"]
# 사진을 올렸으면 **얼굴 찾기**를 눌러 얼굴을 오려요. 이 일을 **추출**이라고도 해요. 사진마다 네모와 오려 낸 얼굴이
# 나와요. 쓸 수 없는 사진에는 까닭이 적혀 있으니 읽어 보고 **건너뛰기**를 누르세요. 올린 사진이 없으면 함께 들어 있는
# 사진으로 연습할 수 있어요.

# %% [markdown] tags=["en"]
# Once your photos are in, press **Extract** to cut the faces out. For each photo you see the rectangle and the cut-out
# face. If a photo failed, read why and press **Skip**. Without photos of your own you can practise on some that come
# with the kit.

# %%
facelab.widgets.Extraction()

# %% [markdown] tags=["ko"]
# 지금까지 모은 것은 여기에서 볼 수 있어요. 아무것도 없어도 괜찮아요. 마음이 바뀌면 여기에서 **모두 지울 수** 있어요.

# %% [markdown] tags=["en"]
# Here you can see what you have collected so far. Nothing at all is fine, too. If you change your mind, you can
# **delete everything** here.

# %%
facelab.widgets.Storage()

# %% [markdown] tags=["ko"]
# ### 연습 2.6 함께 이야기하기
#
# 미국의 컴퓨터 과학자 조이 부올람위니는 대학원생 때, 얼굴 검출 프로그램이 **피부색이 어두운 자기 얼굴은 찾지 못하다가
# 하얀 가면을 쓰자 찾아내는** 것을 보았어요(본인이 쓴 책 *Unmasking AI*, 2023). 왜 그런 일이 생겼을까요? 어떻게 하면
# 막을 수 있을까요? 오늘 배운 말(데이터, 밝기, 검출)을 써서 이야기해 보세요.

# %% [markdown] tags=["en"]
# ### Exercise 2.6 Talk about it
#
# As a graduate student, the computer scientist Joy Buolamwini noticed that a face detector **could not find her
# dark-skinned face, but found her once she put on a white mask** (she tells it in her book *Unmasking AI*, 2023). How
# could that happen, and how could it be prevented? Use words from today: data, brightness, detection.

# %% tags=["exercise"]
facelab.exercises.ask("02.6")

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
# 1. 사진은 숫자예요. 그 숫자에서 얼굴을 찾아 네모를 치는 일이 **얼굴 검출**이에요.
# 2. 표정은 눈썹, 눈, 입술이라는 **데이터 조각**에 담겨 있어요.
# 3. 찾지 못하는 데는 까닭이 있어요. 억지로 쓰지 말고 건너뛰고 다시 찍어요.
#
# 이제 얼굴마다 정답을 붙일 차례예요. → [3. 라벨링](03_labelling.ipynb)

# %% [markdown] tags=["en"]
# ## What you take with you
#
# 1. A photo is numbers. Finding the faces among them and drawing rectangles is called **face detection**.
# 2. The expression is in the **data pieces**: eyebrows, eyes and lips.
# 3. When detection fails, there is a reason. Skip the photo and take a better one.
#
# Next, every face needs its right answer. → [3. Labelling](03_labelling.ipynb)
