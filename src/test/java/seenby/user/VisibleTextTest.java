package seenby.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x09, 0x0A, 0x1F, 0x20, 0x85, 0xA0, 0xAD, 0x34F, 0x600, 0x61C, 0x6DD, 0x70F, 0x890, 0x8E2, 0x115F,
                0x1160, 0x1680, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x180F, 0x2000, 0x200B, 0x200D, 0x200F, 0x2028, 0x202A,
                0x202E, 0x202F, 0x205F, 0x2060, 0x2064, 0x2065, 0x2066, 0x2069, 0x206F, 0x2800, 0x3000, 0x3164, 0xFE00,
                0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF8, 0xFFF9, 0xFFFB, 0x110BD, 0x110CD, 0x13430, 0x1343F, 0x1BCA0,
                0x1D173, 0x1D17A, 0xE0000, 0xE0001, 0xE0020, 0xE0100, 0xE01EF, 0xE0FFF
            })
    void textOfInvisibleCharactersIsBlank(int codePoint) {
        String text = Character.toString(codePoint);

        assertTrue(VisibleText.isBlank(text));
        assertTrue(VisibleText.isBlank(" " + text + text + "\n"));
        assertFalse(VisibleText.isBlank(text + "."));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x01, 0x7F, 0x2D, 0x300, 0x2801, 0xE000, 0xFFFC, 0xFFFD, 0x1F469, 0xE1000})
    void anyOtherCharacterIsNotBlank(int codePoint) {
        assertFalse(VisibleText.isBlank(Character.toString(codePoint)));
    }

    @Test
    void theEmptyTextIsBlank() {
        assertTrue(VisibleText.isBlank(""));
    }

    @Test
    void trimTakesWhiteSpaceFromTheEndsOnly() {
        assertEquals("Ann B", VisibleText.trim(" \u3000\tAnn B\u00A0\u0085\n"));
        assertEquals("\uD83D\uDE00", VisibleText.trim("\u2003\uD83D\uDE00 "));
        assertEquals("\u200FAnn", VisibleText.trim("\u200FAnn"));
        assertEquals("", VisibleText.trim(" \n\u2028"));
    }
}
