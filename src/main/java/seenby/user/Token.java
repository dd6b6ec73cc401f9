package seenby.user;

import java.security.SecureRandom;
import java.util.Base64;
import seenby.platform.Digest;

/** A secret that identifies a user. Only its hash is stored. Its text is shown once and never logged. */
public record Token(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** Creates a token of 256 random bits: 43 characters that need no quoting in a shell. */
    public static Token random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** SHA-256 in hex. That is enough for a random token, which is in no list of common passwords. */
    public String hash() {
        return Digest.sha256(text);
    }

    @Override
    public String toString() {
        return "Token";
    }
}
