package seenby.user;

import java.security.SecureRandom;
import java.util.Base64;
import seenby.platform.Digest;

/** A secret by which a user is known. Only its hash is stored; its text is shown once and never logged. */
public record Token(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** A new token of 256 random bits, in 43 characters that need no quoting in a shell. */
    public static Token random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** SHA-256 in hex. Enough for a random token: it can't be guessed from a list as a password can. */
    public String hash() {
        return Digest.sha256(text);
    }

    @Override
    public String toString() {
        return "Token";
    }
}
