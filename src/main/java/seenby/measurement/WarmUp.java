package seenby.measurement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Decides by the rates of its runs when a server is warm: when the last two were hardly faster than the best before.
 */
public final class WarmUp {
    public static final int FEWEST = 5;
    private static final int MOST = 15;
    private static final int LAST = 2;
    private static final double HARDLY = 1.05;

    private final int fewest;
    private final List<Double> rates = new ArrayList<>();

    /** @param fewest how many runs there are at least */
    public WarmUp(int fewest) {
        this.fewest = fewest;
    }

    public void add(double rate) {
        rates.add(rate);
    }

    public boolean isOver() {
        return runs() >= MOST || (runs() >= fewest && !hasBecomeFaster());
    }

    private boolean hasBecomeFaster() {
        int before = runs() - LAST;
        return before > 0 && best(before, runs()) > HARDLY * best(0, before);
    }

    private double best(int from, int end) {
        return Collections.max(rates.subList(from, end));
    }

    public int runs() {
        return rates.size();
    }

    public double first() {
        return rates.get(0);
    }

    public double last() {
        return rates.get(rates.size() - 1);
    }
}
