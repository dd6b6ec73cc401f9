package seenby.user;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import seenby.platform.OwnerOnlyFiles;

/** The user admin, and the file with its token unless the configuration has the token. */
public final class AdminToken {
    private static final String FILE = "admin.token";

    private final Users users;
    private final Path file;

    public AdminToken(Users users, Path dataDir) {
        this.users = users;
        this.file = dataDir.resolve(FILE);
    }

    /** Creates the admin if there is none, and applies a configured token that was not applied before. */
    public void ensure(Optional<Token> configured) {
        if (users.find(UserId.ADMIN).isEmpty()) {
            Token token = configured.orElseGet(Token::random);
            if (configured.isEmpty()) {
                write(token);
            }
            users.create(UserId.ADMIN, new Name("admin"), true, token);
        }
        if (configured.filter(users::applyConfiguredToken).isPresent()) {
            forget();
        }
    }

    /** The configured token has revoked the one in the file. */
    private void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete %s: %s".formatted(file, e), e);
        }
    }

    /** The file with the current token; empty if there is none. */
    public Optional<Path> file() {
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    /** Replaces the token of the admin and the file. After two calls at the same time the file has the valid token. */
    public synchronized void replace(Token token) {
        users.replaceToken(UserId.ADMIN, token);
        write(token);
    }

    /** Replaces the whole file. Only its owner can ever read it. */
    private void write(Token token) {
        try {
            OwnerOnlyFiles.replace(file, token.text() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(file, e), e);
        }
    }
}
