package seenby.request;

/** Words of a client within a refusal: in quotes, and cut, so that a long one does not hide what the refusal says. */
public final class Quoted {
    private static final int LONGEST = 64;

    private Quoted() {}

    public static String of(String text) {
        return "'" + (text.length() <= LONGEST ? text : text.substring(0, LONGEST) + '…') + "'";
    }
}
