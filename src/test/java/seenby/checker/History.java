package seenby.checker;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The record of a run. All clients write to it. All users are members of all groups at first, and send receipts. */
public final class History {
    private final long start = System.nanoTime();
    private final List<String> users;
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final Queue<PollAnswer> polls = new ConcurrentLinkedQueue<>();
    private final Queue<ReceiptView> receipts = new ConcurrentLinkedQueue<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();

    /** Something that was done to the server, until it was ready again. */
    public record Fault(String name, Span span) {}

    public History(List<String> users) {
        this.users = users;
    }

    public List<String> users() {
        return users;
    }

    /** The time of the run. */
    public long now() {
        return System.nanoTime() - start;
    }

    public Span since(long begin) {
        return new Span(begin, now());
    }

    public void add(Operation operation) {
        operations.add(operation);
    }

    public void add(PollAnswer answer) {
        polls.add(answer);
    }

    public void add(ReceiptView view) {
        receipts.add(view);
    }

    public void add(Fault fault) {
        faults.add(fault);
    }

    /** An answer that the contract knows for no such request. */
    public void addUnexpected(String what) {
        unexpected.add(what);
    }

    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    public List<PollAnswer> polls() {
        return List.copyOf(polls);
    }

    public List<ReceiptView> receipts() {
        return List.copyOf(receipts);
    }

    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    public List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    /** Whether nothing was done to the server in this time. */
    boolean isCalm(long from, long to) {
        return faults.stream().noneMatch(fault -> fault.span().touches(from, to));
    }
}
