package seenby.user;

/**
 * Which characters a person can see. Text without any of them is blank: it has nothing in it but white space,
 * characters of Unicode's property Default_Ignorable_Code_Point or its category Cf (format), and U+2800 (an empty
 * Braille cell). Such characters beside visible ones are part of the text: they join an emoji, or shape a word in
 * Arabic or Persian.
 */
public final class VisibleText {
    private static final int NEXT_LINE = 0x85;
    private static final int EMPTY_BRAILLE = 0x2800;

    private VisibleText() {}

    /** Whether a person sees nothing of this text. True for the empty text. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(VisibleText::isInvisible);
    }

    /** The text without the white space at its ends. */
    public static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (from < to && isSpace(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    private static boolean isInvisible(int codePoint) {
        return isSpace(codePoint)
                || codePoint == EMPTY_BRAILLE
                || Character.getType(codePoint) == Character.FORMAT
                || isIgnorable(codePoint)
                || isNewerFormat(codePoint);
    }

    // the white space of Unicode and that of Java: neither includes all of the other
    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == NEXT_LINE;
    }

    /** Default_Ignorable_Code_Point as of Unicode 16, which Java does not know, less what is of the category Cf. */
    private static boolean isIgnorable(int codePoint) {
        return switch (codePoint) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x3164, 0xFFA0 -> true;
            default ->
                isIn(codePoint, 0x180B, 0x180F)
                        || isIn(codePoint, 0xFE00, 0xFE0F)
                        || isIn(codePoint, 0xFFF0, 0xFFF8)
                        || isIn(codePoint, 0xE0000, 0xE0FFF);
        };
    }

    /** Characters of Cf that Unicode 13, that of Java 17, does not have. */
    private static boolean isNewerFormat(int codePoint) {
        return isIn(codePoint, 0x0890, 0x0891) || isIn(codePoint, 0x13439, 0x1343F);
    }

    private static boolean isIn(int codePoint, int from, int to) {
        return codePoint >= from && codePoint <= to;
    }
}
