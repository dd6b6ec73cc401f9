package seenby.user;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import seenby.platform.OwnerOnlyFiles;

/** The first user and the file that holds its token, unless the configuration does. */
public final class AdminToken {
    private static final String FILE = "admin.token";

    private final Users users;
    private final Path dataDir;
    private final Path file;

    public AdminToken(Users users, Path dataDir) {
        this.users = users;
        this.dataDir = dataDir;
        this.file = dataDir.resolve(FILE);
    }

    /** Makes the admin where there is none, and applies a configured token that was not applied before. */
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

    /** The file's token was revoked by the configured one. */
    private void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete %s: %s".formatted(file, e), e);
        }
    }

    /** Where a person finds the token that works now; empty where this server can't know. */
    public Optional<Path> file() {
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    /** Gives the admin another token, and the file that one; two at once leave the one that works in it. */
    public synchronized void replace(Token token) {
        users.replaceToken(UserId.ADMIN, token);
        write(token);
    }

    /** Replaces the file as a whole, readable by its owner alone from the first byte on. */
    private void write(Token token) {
        Path next = dataDir.resolve(FILE + ".new");
        try {
            // with an external Redis, nothing else has made it
            OwnerOnlyFiles.createDirectories(dataDir);
            OwnerOnlyFiles.write(next, token.text() + "\n");
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(file, e), e);
        }
    }
}
