package seenby.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seenby.connection.SlowClient;
import seenby.connection.SlowClients;
import seenby.platform.Failures;
import seenby.refusal.Refused;
import seenby.refusal.Unavailable;
import seenby.update.Stretch;

/**
 * Sends updates as server-sent events. It writes without blocking, where Javalin's own stream would hold a thread, and
 * asks for the next updates only when the last are sent. So a slow reader costs the memory of one update and no thread.
 * A reader that is too slow is disconnected, like any client, and resumes where it was.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
final class EventStream implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Function<String, CompletableFuture<Stretch>> follow;
    private final UpdateJson json;
    private final Executor executor;
    private final ServletOutputStream out;
    private final SlowClient reader;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Iterator<byte[]> frames = Collections.emptyIterator();
    private String next = "";
    private boolean flushed;

    private EventStream(
            Context ctx,
            Stretch first,
            Function<String, CompletableFuture<Stretch>> follow,
            UpdateJson json,
            SlowClients clients,
            Executor executor)
            throws IOException {
        this.follow = follow;
        this.json = json;
        this.executor = executor;
        this.out = ctx.res().getOutputStream();
        this.reader = clients.holdAnswer(ctx.req());
        var unused = ended.whenComplete((done, failure) -> reader.end());
        take(first);
    }

    /**
     * Sends the first updates, then every later one.
     *
     * @param follow waits for the updates after a position; an empty result sends a comment
     * @return completes when the stream ends
     */
    static CompletableFuture<Void> begin(
            Context ctx,
            Stretch first,
            Function<String, CompletableFuture<Stretch>> follow,
            UpdateJson json,
            SlowClients clients,
            Executor executor) {
        HttpServletResponse response = ctx.res();
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        // or nginx would buffer the events
        response.setHeader("X-Accel-Buffering", "no");
        try {
            EventStream stream = new EventStream(ctx, first, follow, json, clients, executor);
            stream.out.setWriteListener(stream);
            return stream.ended;
        } catch (IOException gone) {
            LOG.debug("The client disconnected before its stream began", gone);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void take(Stretch stretch) {
        next = stretch.next();
        flushed = false;
        List<byte[]> events = stretch.steps().isEmpty()
                ? List.of(COMMENT)
                : stretch.steps().stream().map(json::event).toList();
        reader.moved(events.stream().mapToLong(event -> event.length).sum());
        frames = events.iterator();
    }

    @Override
    public void onWritePossible() {
        write();
    }

    private synchronized void write() {
        try {
            while (!ended.isDone()) {
                if (!out.isReady()) {
                    return;
                }
                if (frames.hasNext()) {
                    out.write(frames.next());
                } else if (!flushed) {
                    flushed = true;
                    out.flush();
                } else {
                    reader.moved(0);
                    goOn();
                    return;
                }
            }
        } catch (IOException gone) {
            onError(gone);
        }
    }

    private void goOn() {
        var unused = follow.apply(next)
                .thenAcceptAsync(
                        stretch -> {
                            synchronized (this) {
                                take(stretch);
                            }
                            write();
                        },
                        executor)
                .exceptionally(failure -> {
                    end(Failures.cause(failure));
                    return null;
                });
    }

    /** A refusal ends the stream. The client connects again, and then gets the refusal as a status. */
    private void end(Throwable reason) {
        if (reason instanceof Refused || reason instanceof Unavailable) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(reason);
        }
    }

    @Override
    public void onError(Throwable gone) {
        LOG.debug("The client of a stream disconnected", gone);
        ended.complete(null);
    }
}
