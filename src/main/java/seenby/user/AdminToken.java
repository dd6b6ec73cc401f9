package seenby.user;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import seenby.platform.Digest;
import seenby.platform.OwnerOnlyFiles;

/** The user admin, and the file with its token unless the configuration has the token. */
public final class AdminToken {
    private static final String FILE = "admin.token";
    private static final String NEXT = "admin.token.next";

    private final Users users;
    private final Path file;
    private final Path next;

    public AdminToken(Users users, Path dataDir) {
        this.users = users;
        this.file = dataDir.resolve(FILE);
        this.next = dataDir.resolve(NEXT);
    }

    /** Creates the admin if there is none, and applies a configured token that was not applied before. */
    public void ensure(Optional<Token> configured) {
        settle();
        if (users.find(UserId.ADMIN).isEmpty()) {
            Token token = configured.orElseGet(Token::random);
            if (configured.isEmpty()) {
                write(file, token);
            }
            users.create(UserId.ADMIN, new Name("admin"), true, token);
        }
        if (configured.isPresent()) {
            users.applyConfiguredToken(configured.get());
            deleteRevoked();
        }
    }

    /** The configured token has revoked the one in the file. */
    private void deleteRevoked() {
        try {
            if (Files.exists(file) && !isValid(file)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete %s: %s".formatted(file, e), e);
        }
    }

    /** The file with the current token; empty if there is none. */
    public Optional<Path> file() {
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    /**
     * Replaces the token of the admin and the file. After two calls at the same time the file has the valid token. The
     * new token is in another file before it is valid, so that somebody knows it even if this is cut off.
     */
    public synchronized void replace(Token token) {
        write(next, token);
        users.replaceToken(UserId.ADMIN, token);
        settle();
    }

    /** Finishes a replacement that was cut off: the file gets the next token, if that one is valid. */
    public synchronized void settle() {
        try {
            if (Files.exists(next) && isValid(next)) {
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(file, e), e);
        }
    }

    private boolean isValid(Path tokenFile) throws IOException {
        String hash = Digest.sha256(Files.readString(tokenFile).strip());
        return users.byToken(hash)
                .filter(caller -> caller.id().equals(UserId.ADMIN))
                .isPresent();
    }

    /** Replaces the whole file. Only its owner can ever read it. */
    private static void write(Path file, Token token) {
        try {
            OwnerOnlyFiles.replace(file, token.text() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(file, e), e);
        }
    }
}
