package seenby.logging;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.simple.SimpleLogger;
import org.slf4j.spi.LoggingEventAware;
import seenby.json.Json;

/** Writes each event as one line of JSON. Which levels are written is decided as for plain lines. */
final class JsonLogger extends SimpleLogger implements LoggingEventAware {
    private final transient PrintStream out;

    JsonLogger(String name, PrintStream out) {
        super(name);
        this.out = out;
    }

    /**
     * Writes an event without values of its own.
     *
     * @param arguments null if there are none
     * @param failure null if there is none
     */
    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        write(level, pattern, arguments, failure, Map.of());
    }

    @Override
    public void log(LoggingEvent event) {
        if (isLevelEnabled(event.getLevel().toInt())) {
            Map<String, Object> values = new LinkedHashMap<>();
            Optional.<List<KeyValuePair>>ofNullable(event.getKeyValuePairs())
                    .ifPresent(pairs -> pairs.forEach(pair -> values.put(pair.key, pair.value)));
            write(event.getLevel(), event.getMessage(), event.getArgumentArray(), event.getThrowable(), values);
        }
    }

    private void write(
            Level level,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable failure,
            Map<String, Object> values) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", Instant.now());
        line.put("level", level);
        line.put("logger", getName());
        line.put("message", MessageFormatter.basicArrayFormat(pattern, arguments));
        Optional.ofNullable(failure).ifPresent(thrown -> line.put("error", trace(thrown)));
        line.putAll(values);
        // with its end in one piece, so that nothing comes between them
        out.print(new String(Json.write(line), StandardCharsets.UTF_8) + "\n");
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
