package seenby.support;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy between a server and Redis. It can stall connections: they stay open, but nothing passes, as when a network
 * or a proxy fails in silence.
 */
public final class RedisProxy implements AutoCloseable {
    private final URI redis;
    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    // guarded by this
    private boolean holdsNewSubscriptions;
    private Optional<String> held = Optional.empty();

    /** A connection through the proxy. */
    private static final class Link {
        private final Socket client;
        private final Socket server;
        private volatile String request = "";
        private volatile boolean subscribes;
        private volatile boolean stalled;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }
    }

    public RedisProxy(URI redis) {
        this.redis = redis;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Forwarding.inBackground(this::acceptClients);
    }

    /** The {@code redis.url} through the proxy. */
    public URI url() {
        return URI.create("redis://" + redis.getRawUserInfo() + "@127.0.0.1:" + listener.getLocalPort());
    }

    /** Stalls the subscriptions that stand. New ones pass. */
    public void stallSubscriptions() {
        links.forEach(link -> link.stalled |= link.subscribes);
    }

    /** Stalls the subscriptions that stand, and all that follow. */
    public synchronized void stallAllSubscriptions() {
        holdsNewSubscriptions = true;
        stallSubscriptions();
    }

    /** Stalls all connections that are open. New ones pass. */
    public void stallEverything() {
        links.forEach(link -> link.stalled = true);
    }

    /** Holds the answers to a command. All requests pass. */
    public synchronized void holdAnswersTo(String command) {
        held = Optional.of(command);
    }

    /** Lets everything pass, also what was held. */
    public synchronized void resume() {
        holdsNewSubscriptions = false;
        held = Optional.empty();
        links.forEach(link -> link.stalled = false);
        notifyAll();
    }

    private void acceptClients() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException closed) {
            // nobody needs it any more
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Link link = new Link(client, new Socket(redis.getHost(), redis.getPort()));
            // else a short request or answer waits up to 40 ms for the acknowledgement of the one before
            link.client.setTcpNoDelay(true);
            link.server.setTcpNoDelay(true);
            links.add(link);
            Forwarding.inBackground(() -> forwardRequests(link));
            Forwarding.inBackground(() -> forwardAnswers(link));
        } catch (ConnectException away) {
            client.close();
        }
    }

    private void forwardRequests(Link link) {
        Forwarding.pump(link.client, link.server, request -> {
            notice(link, request);
            awaitPassage(link, false);
        });
        links.remove(link);
    }

    private void forwardAnswers(Link link) {
        Forwarding.pump(link.server, link.client, answer -> awaitPassage(link, true));
        links.remove(link);
    }

    private synchronized void notice(Link link, String request) {
        link.request = request;
        if (request.contains("SUBSCRIBE")) {
            link.subscribes = true;
            link.stalled |= holdsNewSubscriptions;
        }
    }

    private synchronized void awaitPassage(Link link, boolean answers) throws InterruptedIOException {
        while (link.stalled || (answers && held.filter(link.request::contains).isPresent())) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Link link : links) {
                link.client.close();
                link.server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
