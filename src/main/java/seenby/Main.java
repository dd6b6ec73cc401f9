package seenby;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;
import seenby.admin.AdminCommand;
import seenby.backup.BackupException;
import seenby.command.ArchiveCommand;
import seenby.command.BackupCommand;
import seenby.command.BenchCommand;
import seenby.command.DemoCommand;
import seenby.command.HealthCommand;
import seenby.config.Config;
import seenby.config.ConfigException;
import seenby.config.ConfigSources;
import seenby.embedded.EmbeddedRedisException;
import seenby.logging.JsonLog;
import seenby.platform.OutOfMemory;
import seenby.refusal.Unavailable;

/** The command line: runs the server, or one of the commands. */
public final class Main {
    private static final String HELP = """
            Seenby: group messages over HTTP, where a sender sees who has read each message and who has not.

              java -jar seenby.jar [--config FILE] [--KEY=VALUE ...]   run the server
              java -jar seenby.jar backup DIR [--KEY=VALUE ...]       copy its data, while it runs or not
              java -jar seenby.jar restore DIR [--KEY=VALUE ...]      put a backup into an empty data.dir
              java -jar seenby.jar health [--config FILE] [--KEY=VALUE ...]
                                                                      ask the server with this configuration whether
                                                                      it is ready
              java -jar seenby.jar demo                               play the case of a group of 200 members
              java -jar seenby.jar archive verify DIR                 check every line of an archive
              java -jar seenby.jar archive cat DIR GROUP [FROM [TO]]  print the archived receipts of a group,
                                                                      or with --messages its messages; --all: of
                                                                      all groups. --since TIME, --until TIME,
                                                                      --csv, --incarnation
              java -jar seenby.jar admin users|groups|members|stats … administer a running server; admin --help
              java -jar seenby.jar bench SCENARIO|all [--report FILE] measure; bench --help lists what
              java -jar seenby.jar --help | --version

            config.properties lists all keys with their defaults. A flag (--http.port=80) wins over the
            environment (SEENBY_HTTP_PORT=80), and the environment wins over the file.
            """;

    private Main() {}

    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.asList(args);
        try {
            switch (words.isEmpty() ? "" : words.get(0)) {
                case "--help", "-h", "help" -> System.out.print(HELP);
                case "--version" -> System.out.println("seenby " + version());
                case "health" -> System.exit(health(words.subList(1, words.size())));
                case "demo" -> System.exit(new DemoCommand(Seenby::start).run(words.subList(1, words.size())) ? 0 : 1);
                case "archive" -> System.exit(archive(words.subList(1, words.size())));
                case "admin" -> System.exit(admin().run(words.subList(1, words.size())));
                case "backup" -> backup().backup(words.subList(1, words.size()));
                case "restore" -> backup().restore(words.subList(1, words.size()));
                case "bench" -> System.exit(bench().run(words.subList(1, words.size())) ? 0 : 1);
                default -> serve(words);
            }
        } catch (ConfigException
                | BackupException
                | EmbeddedRedisException
                | IllegalStateException
                | UncheckedIOException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (Unavailable e) {
            fail(e.getMessage() + "; see redis.url.");
        }
    }

    private static int health(List<String> flags) {
        return new HealthCommand(System.err).run(config(flags));
    }

    private static Config config(List<String> flags) {
        return ConfigSources.read(flags, System.getenv(), Path.of(""));
    }

    /** Writes to the file descriptor, because System.out hides that its reader has gone. */
    private static int archive(List<String> words) {
        return new ArchiveCommand(new FileOutputStream(FileDescriptor.out), System.err).run(words);
    }

    private static AdminCommand admin() {
        return new AdminCommand(System.out, System.err, System.getenv(), Path.of(""));
    }

    private static BackupCommand backup() {
        return new BackupCommand(version(), System.getenv(), System.out, System.err);
    }

    private static BenchCommand bench() {
        return new BenchCommand(Seenby::start, version(), System.out);
    }

    private static void fail(String line) {
        System.err.println("seenby: " + line);
        System.exit(1);
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    private static void serve(List<String> flags) {
        Config config = config(flags);
        if (config.log().json()) {
            JsonLog.choose();
        }
        OutOfMemory.endsTheProcess();
        CompletableFuture<Seenby> started = new CompletableFuture<>();
        Thread starter = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(starter, started)));
        try {
            Seenby seenby = Seenby.start(config);
            started.complete(seenby);
            greet(config, seenby);
        } finally {
            started.completeExceptionally(new IllegalStateException("the start failed"));
        }
    }

    /**
     * Runs on a signal: closes the server in order, even one that is still starting. A failed start has closed
     * everything.
     */
    private static void stop(Thread starter, CompletableFuture<Seenby> started) {
        if (started.isCompletedExceptionally()) {
            return;
        }
        starter.interrupt();
        started.handle((seenby, failure) -> {
                    if (failure == null) {
                        seenby.close();
                    }
                    return failure;
                })
                .join();
        LoggerFactory.getLogger(Main.class).info("Stopped.");
        // if this returned, the exit code would be that of the signal, and not 0 as for an orderly end
        Runtime.getRuntime().halt(0);
    }

    private static void greet(Config config, Seenby seenby) {
        String url = config.http().url(seenby.port());
        Optional<Path> file = seenby.adminTokenFile();
        System.out.println("Seenby " + version() + " listens on " + url);
        System.out.println("Admin token: " + file.map(Path::toString).orElse("see admin.token in the configuration"));
        String token = file.map(path -> "$(cat " + quoted(path) + ")").orElse("$TOKEN");
        System.out.println("Try: curl -u :" + token + " " + url + "/v1/me");
    }

    /** The path as one word for a shell. */
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
