package seenby.measurement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a process has used.
 *
 * @param cpu the time of all its threads, if the system tells
 * @param residentBytes its memory, if the system has {@code /proc}
 */
public record ProcessUsage(Optional<Duration> cpu, OptionalLong residentBytes) {
    private static final String RESIDENT = "VmRSS:";

    public static ProcessUsage of(ProcessHandle process) {
        return new ProcessUsage(process.info().totalCpuDuration(), residentBytes(process.pid()));
    }

    private static OptionalLong residentBytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** What it has used since an earlier moment. Memory is what it has now. */
    public ProcessUsage since(ProcessUsage before) {
        return new ProcessUsage(cpu.flatMap(now -> before.cpu.map(now::minus)), residentBytes);
    }
}
