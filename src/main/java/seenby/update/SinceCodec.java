package seenby.update;

import com.github.benmanes.caffeine.cache.Cache;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import seenby.platform.Caches;
import seenby.platform.HeapShare;
import seenby.refusal.Refused;
import seenby.user.UserId;

/**
 * Positions as text that fits a URL, signed for their user. A short position is in the text itself. The text of a
 * longer one names a stored position and has only the changes to it. When the changes become too long, the whole
 * position is stored again. So a member of a thousand groups writes to the store only once in many polls.
 */
final class SinceCodec {
    /** Bytes before base64: about 3,000 characters, well below the 4 KiB that the API allows. */
    private static final int MOST_BYTES = 2200;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 12;

    private static final long MOST_ISSUED_BYTES = HeapShare.bytes(32, 16 << 20);
    private static final Duration ISSUED_KEPT = Duration.ofMinutes(2);

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** Never used itself: a copy of it costs a fifth of a new one. */
    private final Mac mac;

    private final KeptPositions kept;
    private final LineName line;
    private final Cache<String, Issued> issued = Caches.builder()
            .maximumWeight(MOST_ISSUED_BYTES)
            .weigher((String text, Issued known) -> known.bytes())
            .expireAfterAccess(ISSUED_KEPT)
            .build();

    /** What this instance issued a moment ago. The poll that continues there needs no second verification. */
    private record Issued(UserId user, String text, Since since) {
        /** About its memory. */
        int bytes() {
            return text.length() + since.position().map(Position::bytes).orElse(0);
        }
    }

    SinceCodec(String secret, KeptPositions kept, LineName line) {
        this.mac = mac(secret);
        this.kept = kept;
        this.line = line;
    }

    /**
     * A position as text.
     *
     * @param base the stored position by which later ones can be told
     */
    record Encoded(String text, Optional<Since.Base> base) {}

    /** The line of history that the store is on. Ask before you read what a position is made from. */
    String line() {
        return line.name();
    }

    /**
     * A position in the line of the {@code since} that it continues, for the next poll.
     */
    String encode(UserId user, Position position, Since since) {
        Encoded encoded = tell(user, position, since);
        Since next = new Since(since.line(), Optional.of(position), encoded.base(), false);
        issued.put(encoded.text(), new Issued(user, encoded.text(), next));
        return encoded.text();
    }

    /** A position as text, with the base for the positions that follow it. */
    Encoded tell(UserId user, Position position, Since since) {
        String head = since.line() + " ";
        String whole = position.linesBeyond(Position.NOWHERE);
        if (whole.length() <= MOST_BYTES) {
            return new Encoded(sign(user, head + "\n" + whole), since.base());
        }
        if (since.base().isPresent()) {
            Since.Base base = since.base().get();
            String beyond = position.linesBeyond(base.position());
            if (beyond.length() <= MOST_BYTES) {
                return new Encoded(sign(user, head + base.name() + "\n" + beyond), since.base());
            }
        }
        String name = ENCODER.encodeToString(Arrays.copyOf(sum(whole), 2 * MAC_BYTES));
        Since.Base base = kept.keep(since.line(), user, name, position);
        return new Encoded(sign(user, head + name + "\n"), Optional.of(base));
    }

    /** The object that is in memory for this text, if there is one, since a text may be long and a poll keeps it. */
    String shared(String text) {
        return Optional.ofNullable(issued.getIfPresent(text)).map(Issued::text).orElse(text);
    }

    /** Refuses a text that this server did not create for this user. Forgets one of another line of history. */
    Since decode(UserId user, String text) {
        return issued(user, text)
                .filter(since -> since.line().equals(line()))
                .filter(since -> since.base().isEmpty() || isKept(user, since))
                .orElseGet(() -> verify(user, text));
    }

    /** The position of a text, if memory is enough to know it. */
    Optional<Since> remembered(UserId user, String text) {
        return issued(user, text).filter(since -> since.base().isEmpty()).filter(this::isCurrent);
    }

    /** Whether a position is known to be in the line of the store, without a wait for the store. */
    boolean isCurrent(Since since) {
        return line.known().filter(since.line()::equals).isPresent();
    }

    private Optional<Since> issued(UserId user, String text) {
        return Optional.ofNullable(issued.getIfPresent(text))
                .filter(known -> known.user().equals(user))
                .map(Issued::since);
    }

    /** Asks even here, because what is in use must be renewed in the store. */
    private boolean isKept(UserId user, Since since) {
        return since.base()
                .flatMap(base -> kept.find(since.line(), user, base.name()))
                .isPresent();
    }

    private Since verify(UserId user, String text) {
        String content = verified(user, text);
        int end = content.indexOf('\n');
        String head = content.substring(0, end);
        String current = line();
        // positions of version 0.1.0 name no line, so they are forgotten too
        if (!head.startsWith(current + " ")) {
            return Since.forgotten(current);
        }
        return since(user, current, head.substring(current.length() + 1), content.substring(end + 1));
    }

    private Since since(UserId user, String current, String name, String lines) {
        if (name.isEmpty()) {
            return new Since(current, Optional.of(Position.NOWHERE.with(lines, kept.names())), Optional.empty(), false);
        }
        return kept.find(current, user, name)
                .map(base -> new Since(
                        current, Optional.of(base.position().with(lines, kept.names())), Optional.of(base), false))
                .orElseGet(() -> Since.forgotten(current));
    }

    String sign(UserId user, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        byte[] signed = Arrays.copyOf(bytes, bytes.length + MAC_BYTES);
        System.arraycopy(sum(user + "\n" + content), 0, signed, bytes.length, MAC_BYTES);
        return ENCODER.encodeToString(signed);
    }

    private String verified(UserId user, String text) {
        try {
            byte[] signed = Base64.getUrlDecoder().decode(text);
            int length = Math.max(0, signed.length - MAC_BYTES);
            String content = new String(signed, 0, length, StandardCharsets.UTF_8);
            byte[] expected = Arrays.copyOf(sum(user + "\n" + content), MAC_BYTES);
            boolean ours = MessageDigest.isEqual(expected, Arrays.copyOfRange(signed, length, signed.length));
            // base64 has several texts for the same bytes; only the issued one is valid
            if (ours && text.equals(ENCODER.encodeToString(signed))) {
                return content;
            }
        } catch (IllegalArgumentException notBase64) {
            // refused below, as any other invalid text
        }
        throw refused();
    }

    private static Refused refused() {
        return Refused.invalid(
                "since", "This is not a \"next\" from this server. Leave it out to start with the unread messages.");
    }

    private static Mac mac(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private byte[] sum(String content) {
        try {
            return ((Mac) mac.clone()).doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own " + ALGORITHM + " can be copied", e);
        }
    }
}
