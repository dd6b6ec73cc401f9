package seenby.checker;

import java.util.ArrayList;
import java.util.List;

/** Compares the record of a run with what is there in the end. Returns each broken promise in words. */
public final class Checker {
    private Checker() {}

    public static List<String> violations(History history, List<GroupView> groups) {
        Facts facts = new Facts(history, groups);
        List<String> violations = new ArrayList<>();
        new MessageRules(facts, violations::add).check();
        // the others look messages up by their ids
        if (violations.isEmpty()) {
            new AnswerRules(facts, violations::add).check();
            new CursorRules(facts, violations::add).check();
            new ReceiptRules(facts, violations::add).check();
            new PollRules(facts, violations::add).check();
            new ReadRules(facts, violations::add).check();
        }
        violations.addAll(history.unexpected());
        return violations;
    }
}
