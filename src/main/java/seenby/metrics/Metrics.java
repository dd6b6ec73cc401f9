package seenby.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The metrics of one server: those that are added here, and those of its process. Values are read when they are asked
 * for, so that a number costs nothing but its counting. A label must have few values: never add a user or a group.
 */
public final class Metrics implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** All metrics at one moment. */
    public record Exposition(String contentType, String text) {}

    public Metrics() {
        registry.throwExceptionOnRegistrationFailure();
        // Prometheus refuses their names; process_cpu_usage tells the same
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        collections.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** A number that goes up and down. */
    public void gauge(String name, String help, LongSupplier value) {
        Gauge.builder(name, value::getAsLong).description(help).register(registry);
    }

    /** Such a number that need not be whole. It may be unknown, which is not a number. */
    public void amount(String name, String help, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).description(help).register(registry);
    }

    /** Such a number for each value of a label. */
    public void amounts(String name, String help, String label, Map<String, DoubleSupplier> values) {
        values.forEach((word, value) -> Gauge.builder(name, value::getAsDouble)
                .tag(label, word)
                .description(help)
                .register(registry));
    }

    /** 1 for yes, 0 for no. */
    public void flag(String name, String help, BooleanSupplier value) {
        gauge(name, help, () -> value.getAsBoolean() ? 1 : 0);
    }

    /** A number that only grows while the server runs. Its name ends in {@code _total}. */
    public void counter(String name, String help, LongSupplier value) {
        // the registry holds the first object only weakly
        FunctionCounter.builder(name, this, self -> value.getAsLong())
                .description(help)
                .register(registry);
    }

    /** Such a number for each value of a label. */
    public <T> void counters(
            String name,
            String help,
            String label,
            Iterable<T> things,
            Function<T, String> word,
            ToLongFunction<T> value) {
        for (T thing : things) {
            FunctionCounter.builder(name, this, self -> value.applyAsLong(thing))
                    .tag(label, word.apply(thing))
                    .description(help)
                    .register(registry);
        }
    }

    /** How many there were, and how long they took in all. Its name ends in {@code _seconds}. */
    public void summary(String name, String help, LongSupplier count, LongSupplier nanos) {
        FunctionTimer.builder(name, this, self -> count.getAsLong(), self -> nanos.getAsLong(), TimeUnit.NANOSECONDS)
                .description(help)
                .register(registry);
    }

    /**
     * How many took how long. Its name ends in {@code _seconds}.
     *
     * @param labels the name and the value of each
     * @param bounds the upper ends of its buckets
     * @return takes each duration, in nanoseconds; may be called by many threads
     */
    public LongConsumer histogram(String name, String help, List<String> labels, Duration... bounds) {
        Timer timer = Timer.builder(name)
                .tags(labels.toArray(String[]::new))
                .description(help)
                .serviceLevelObjectives(bounds)
                .register(registry);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Everything, in the format that a request accepts: OpenMetrics if it names that, else the text of Prometheus. */
    public Exposition exposition(String accept) {
        String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        return new Exposition(type, registry.scrape(type));
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
