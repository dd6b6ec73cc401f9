package seenby.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import seenby.load.Connection;
import seenby.load.LatencyRecorder;
import seenby.load.LoadClient;

/**
 * A group in which one member sends and others wait. Each text has a number, by which the group knows when it was sent
 * and how many members still lack it.
 */
public final class FanoutGroup implements Follower.DeliveryListener {
    private static final String PADDING = "0".repeat(76);

    private final Channel channel;
    private final LatencyRecorder latencies;
    private final List<Follower> followers;
    private final List<Connection> senders = new ArrayList<>();
    private final Deque<Long> due = new ArrayDeque<>();
    private int window;
    private int[] owed = new int[1024];
    private long[] sentAt = new long[1024];
    private int sent;
    private int floor;
    private long deliveries;
    private long faults;

    /**
     * Creates a group that sends nothing yet.
     *
     * @param channel one without messages
     * @param senders how many connections the sender has
     * @param latencies takes the time from each send to each delivery
     */
    public FanoutGroup(LoadClient client, Channel channel, int senders, LatencyRecorder latencies) {
        this.channel = channel;
        this.latencies = latencies;
        this.followers = channel.followers(client, this);
        for (int i = 0; i < senders; i++) {
            this.senders.add(client.connection((same, response) -> {
                response.requireSuccess();
                pump();
            }));
        }
    }

    public List<Follower> followers() {
        return followers;
    }

    public boolean isOpen() {
        return followers.stream().allMatch(Follower::isOpen);
    }

    /** From now on sends whenever fewer messages than this are owed to anybody; 0 stops. */
    public void keepOwed(int messages) {
        window = messages;
        pump();
    }

    /** Sends one message that was to be sent at this time, as soon as a connection is free. */
    public void send(long dueAt) {
        due.add(dueAt);
        pump();
    }

    private void pump() {
        for (Connection connection : senders) {
            if (connection.isWaiting()) {
                continue;
            }
            if (!due.isEmpty()) {
                publish(connection, due.remove());
            } else if (sent - floor < window) {
                publish(connection, System.nanoTime());
            }
        }
    }

    private void publish(Connection connection, long at) {
        if (sent == owed.length) {
            owed = Arrays.copyOf(owed, 2 * sent);
            sentAt = Arrays.copyOf(sentAt, 2 * sent);
        }
        owed[sent] = followers.size();
        sentAt[sent] = at;
        connection.send(channel.send(String.format(Locale.ROOT, "seq:%08d;", sent) + PADDING));
        sent++;
    }

    @Override
    public void delivered(int sequence) {
        deliveries++;
        owed[sequence]--;
        latencies.add(System.nanoTime() - sentAt[sequence]);
        while (floor < sent && owed[floor] == 0) {
            floor++;
        }
        if (sent - floor < window) {
            pump();
        }
    }

    @Override
    public void outOfOrder() {
        faults++;
    }

    /** Whether each message has reached everyone, and each send is answered. */
    public boolean isQuiet() {
        return floor == sent && due.isEmpty() && senders.stream().noneMatch(Connection::isWaiting);
    }

    public int sent() {
        return sent;
    }

    /** How many messages were delivered, one for each member. */
    public long deliveries() {
        return deliveries;
    }

    public long faults() {
        return faults;
    }

    public void close() {
        followers.forEach(Follower::close);
        senders.forEach(Connection::close);
    }
}
