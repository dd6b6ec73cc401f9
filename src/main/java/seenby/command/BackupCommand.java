package seenby.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import seenby.backup.Backup;
import seenby.backup.Restore;
import seenby.config.Config;
import seenby.config.ConfigException;
import seenby.config.ConfigSources;

/** {@code backup} and {@code restore}. Both take the configuration of the server after the folder of the backup. */
public final class BackupCommand {
    private final String version;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * A command that reads the configuration as a server does.
     *
     * @param version of the jar
     * @param err gets a line about the progress every few seconds
     */
    public BackupCommand(String version, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.version = version;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    public void backup(List<String> words) {
        Config config = config("backup", words);
        out.println(new Backup(config, this::tell, version, Clock.systemUTC()).make(Path.of(words.get(0))));
    }

    public void restore(List<String> words) {
        Config config = config("restore", words);
        out.println(new Restore(config, this::tell).make(Path.of(words.get(0))));
    }

    private void tell(String progress) {
        err.println("seenby: " + progress);
    }

    private Config config(String command, List<String> words) {
        if (words.isEmpty() || words.get(0).startsWith("-")) {
            throw new ConfigException(
                    "%s needs the folder of the backup, and then the flags of the server, such as --data.dir=data"
                            .formatted(command));
        }
        return ConfigSources.read(words.subList(1, words.size()), environment, Path.of(""));
    }
}
