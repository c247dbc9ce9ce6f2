! SPDX-License-Identifier: BSD-3-Clause
!> Procedures with characters of any length.
module characters
  use, intrinsic :: iso_c_binding, only: c_char, c_int
  implicit none
  private
  public :: count_letter, count_letters, stamp

contains

  !> 1000 times the length, and how often the last letter is there.
  integer(c_int) function count_letter(text) bind(C)
    character(kind=c_char, len=*), intent(in), optional :: text
    integer :: k
    count_letter = -1
    if (.not. present(text)) return
    count_letter = 1000*len(text)
    do k = 1, len(text)
      if (text(k:k) == text(len(text):)) count_letter = count_letter + 1
    end do
  end function count_letter

  !> 1000 times the length of a word, and in how many words its last letter is that of the text.
  integer(c_int) function count_letters(text, words) bind(C)
    character(kind=c_char, len=*), intent(in) :: text, words(:, :)
    integer :: i, j
    count_letters = 1000*len(words)
    do j = 1, size(words, 2)
      do i = 1, size(words, 1)
        if (words(i, j) (len(words):) == text(len(text):)) count_letters = count_letters + 1
      end do
    end do
  end function count_letters

  !> The text at the end of every word.
  subroutine stamp(words, text) bind(C)
    character(kind=c_char, len=*), intent(inout) :: words(:)
    character(kind=c_char, len=*), intent(in) :: text
    integer :: k
    do k = 1, size(words)
      words(k) (len(words) - len(text) + 1:) = text
    end do
  end subroutine stamp

end module characters
