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
import seenby.load.Requests;

/**
 * A group in which one member sends and others wait. Each text has a number, by which the group knows when it was sent
 * and how many members still lack it.
 */
public final class FanoutGroup implements FanoutPoller.DeliveryListener {
    /** As long as the texts of the other hubs that this is compared with. */
    private static final String PADDING = "0".repeat(76);

    private final String group;
    private final Requests sender;
    private final LatencyRecorder latencies;
    private final List<FanoutPoller> pollers = new ArrayList<>();
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
     * @param group a group without messages
     * @param senders how many connections the sender has
     * @param latencies takes the time from each send to each delivery
     */
    public FanoutGroup(
            LoadClient client,
            String group,
            Requests sender,
            int senders,
            List<Requests> pollers,
            boolean stream,
            LatencyRecorder latencies) {
        this.group = group;
        this.sender = sender;
        this.latencies = latencies;
        pollers.forEach(each -> this.pollers.add(new FanoutPoller(client, each, stream, this)));
        for (int i = 0; i < senders; i++) {
            this.senders.add(client.connection((same, response) -> {
                response.requireSuccess();
                pump();
            }));
        }
    }

    public List<FanoutPoller> pollers() {
        return pollers;
    }

    public boolean isOpen() {
        return pollers.stream().allMatch(FanoutPoller::isOpen);
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
        owed[sent] = pollers.size();
        sentAt[sent] = at;
        connection.send(sender.send(group, String.format(Locale.ROOT, "seq:%08d;", sent) + PADDING));
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
        pollers.forEach(FanoutPoller::close);
        senders.forEach(Connection::close);
    }
}
