"""표정찾기 (facelab): teach a computer to tell five facial expressions apart."""
