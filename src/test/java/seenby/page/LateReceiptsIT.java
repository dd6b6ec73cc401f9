package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import redis.clients.jedis.params.XTrimParams;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** What a sender sees of receipts that it comes late to: their reads are told no longer, or they are in the archive. */
@ResourceLock(Chromium.LOCK)
class LateReceiptsIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(Sweeps.RETENTION, "receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final ApiClient eve = SERVER.user("eve");
    private final String group = SERVER.group(ann, bob, eve);

    private static Locator nudge(Visitor visitor, long id) {
        return visitor.message(id).locator(".nudge");
    }

    private void away(Visitor sender) {
        sender.holdPolls(() -> ann.send(group, "one more"));
    }

    /** Reads so far are told to nobody who does not know them yet. */
    private void forgetReads() {
        SERVER.redis()
                .client()
                .xtrim(Sweeps.key(group, "reads"), XTrimParams.xTrimParams().maxLen(0));
    }

    @Test
    void readsThatAreNoLongerToldAreCountedAllTheSame() {
        ann.send(group, "one");
        ann.send(group, "two");
        bob.ack(group, 1);
        Visitor sender = BROWSER.as(ann).open(group);
        assertThat(sender.receipt(1)).hasText("Read by 1 of 2");
        assertThat(sender.receipt(2)).hasText("Read by none of 2 yet");
        away(sender);
        eve.ack(group, 1);
        bob.ack(group, 2);
        forgetReads();

        sender.letPollsGo();

        assertThat(sender.receipt(1)).hasText("Read by all 2");
        assertThat(sender.receipt(2)).hasText("Read by 1 of 2");
        assertThat(sender.receipt(3)).hasText("Read by none of 2 yet");
    }

    @Test
    void anArchivedReceiptSaysWhoHadReadItAndThatItIsFinal() {
        long id = ann.send(group, "Read this");
        bob.ack(group, id);
        Sweeps.sweep(SERVER, group);
        eve.ack(group, id);
        Visitor sender = BROWSER.as(ann).open(group);
        assertThat(sender.receipt(id)).hasText("Receipts are archived");

        sender.receipt(id).click();

        Locator panel = sender.message(id).locator(".panel");
        assertThat(panel.locator(".readers li .name")).hasText(bob.id());
        assertThat(panel.locator(".readers li time")).hasText(Pattern.compile("\\d\\d:\\d\\d"));
        assertThat(panel.locator(".never h4")).hasText("Not read (1)");
        assertThat(panel.locator(".never li .name")).hasText(eve.id());
        assertThat(panel.locator(".note")).hasText("Archived: these receipts can no longer change.");
        assertThat(sender.receipt(id)).hasText("Read by 1 of 2, archived");
        assertThat(nudge(sender, id)).isHidden();
    }

    @Test
    void anOpenListThatIsArchivedMeanwhileBecomesFinal() {
        long id = ann.send(group, "Read this");
        Visitor sender = BROWSER.as(ann).open(group);
        sender.receipt(id).click();
        assertThat(sender.message(id).locator(".waiting li")).hasCount(2);
        assertThat(nudge(sender, id)).isVisible();
        away(sender);
        bob.ack(group, id);
        Sweeps.sweep(SERVER, group);

        sender.letPollsGo();

        assertThat(sender.receipt(id)).hasText("Read by 1 of 2, archived");
        assertThat(sender.message(id).locator(".readers li .name")).hasText(bob.id());
        assertThat(sender.message(id).locator(".note")).hasText("Archived: these receipts can no longer change.");
        assertThat(nudge(sender, id)).isHidden();
    }

    @Test
    void whatIsFinalStaysSoWhenAllIsCountedAgain() {
        long id = ann.send(group, "Read this");
        bob.ack(group, id);
        Sweeps.sweep(SERVER, group);
        long later = ann.send(group, "And this");
        Visitor sender = BROWSER.as(ann).open(group);
        assertThat(sender.receipt(id)).hasText("Receipts are archived");
        assertThat(sender.receipt(later)).hasText("Read by none of 2 yet");
        away(sender);
        bob.ack(group, later);
        forgetReads();

        sender.letPollsGo();

        assertThat(sender.receipt(later)).hasText("Read by 1 of 2");
        assertThat(sender.receipt(id)).hasText("Read by 1 of 2, archived");
        assertThat(nudge(sender, id)).isHidden();
    }
}
