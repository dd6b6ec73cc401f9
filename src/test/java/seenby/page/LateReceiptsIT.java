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

/** The receipts that a sender sees after their reads were deleted or after they were archived. */
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

    private void interrupt(Visitor sender) {
        sender.holdPolls(() -> ann.send(group, "one more"));
    }

    /** Deletes the reads so far, so no later poll reports them. */
    private void deleteReads() {
        SERVER.redis()
                .client()
                .xtrim(Sweeps.key(group, "reads"), XTrimParams.xTrimParams().maxLen(0));
    }

    @Test
    void countsIncludeReadsThatPollsNoLongerReport() {
        ann.send(group, "one");
        ann.send(group, "two");
        bob.ack(group, 1);
        Visitor sender = BROWSER.as(ann).open(group);
        assertThat(sender.receipt(1)).hasText("Read by 1 of 2");
        assertThat(sender.receipt(2)).hasText("Read by none of 2 yet");
        interrupt(sender);
        eve.ack(group, 1);
        bob.ack(group, 2);
        deleteReads();

        sender.releasePolls();

        assertThat(sender.receipt(1)).hasText("Read by all 2");
        assertThat(sender.receipt(2)).hasText("Read by 1 of 2");
        assertThat(sender.receipt(3)).hasText("Read by none of 2 yet");
    }

    @Test
    void anArchivedReceiptShowsItsReadersAndThatItIsFinal() {
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
    void anOpenListBecomesFinalWhenItIsArchived() {
        long id = ann.send(group, "Read this");
        Visitor sender = BROWSER.as(ann).open(group);
        sender.receipt(id).click();
        assertThat(sender.message(id).locator(".waiting li")).hasCount(2);
        assertThat(nudge(sender, id)).isVisible();
        interrupt(sender);
        bob.ack(group, id);
        Sweeps.sweep(SERVER, group);

        sender.releasePolls();

        assertThat(sender.receipt(id)).hasText("Read by 1 of 2, archived");
        assertThat(sender.message(id).locator(".readers li .name")).hasText(bob.id());
        assertThat(sender.message(id).locator(".note")).hasText("Archived: these receipts can no longer change.");
        assertThat(nudge(sender, id)).isHidden();
    }

    @Test
    void anArchivedReceiptStaysFinalWhenCountsAreFetchedAgain() {
        long id = ann.send(group, "Read this");
        bob.ack(group, id);
        Sweeps.sweep(SERVER, group);
        long later = ann.send(group, "And this");
        Visitor sender = BROWSER.as(ann).open(group);
        assertThat(sender.receipt(id)).hasText("Receipts are archived");
        assertThat(sender.receipt(later)).hasText("Read by none of 2 yet");
        interrupt(sender);
        bob.ack(group, later);
        deleteReads();

        sender.releasePolls();

        assertThat(sender.receipt(later)).hasText("Read by 1 of 2");
        assertThat(sender.receipt(id)).hasText("Read by 1 of 2, archived");
        assertThat(nudge(sender, id)).isHidden();
    }
}
