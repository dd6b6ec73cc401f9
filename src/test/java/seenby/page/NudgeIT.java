package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** A nudge on the page: the sender asks for it, and it leads the member to the unread message. */
@ResourceLock(Chromium.LOCK)
class NudgeIT {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final List<ApiClient> people = SERVER.users("ann", "bob", "eve");
    private final ApiClient ann = people.get(0);
    private final ApiClient bob = people.get(1);
    private final String group = SERVER.group(ann, bob, people.get(2));

    private static Locator nudge(Visitor visitor, long id) {
        return visitor.message(id).locator(".nudge");
    }

    @Test
    void aNudgeLeadsToTheMessage() {
        ann.patch("/v1/me", Map.of("name", "Ann Lee")).expect(200);
        ann.send(group, "Read this");
        IntStream.rangeClosed(2, 150).forEach(i -> ann.send(group, "line " + i + "\n\n"));
        Visitor reader = BROWSER.as(bob);
        Visitor sender = BROWSER.as(ann).open(group);
        sender.scrollTo("end");

        nudge(sender, 150).click();

        assertThat(nudge(sender, 150)).hasText("Nudged");
        String sentence = "Ann Lee (" + ann.id() + ") asks you to read this";
        assertThat(reader.status()).containsText(sentence);
        assertThat(reader.page().locator("a.group .i-bell")).isVisible();
        reader.button("Show").click();
        assertThat(reader.message(150)).isInViewport();
        assertThat(reader.message(150).locator(".nudged")).hasText(sentence);
        assertThat(reader.status()).isEmpty();
    }

    @Test
    void aSecondNudgeIsRefusedNextToItsButton() {
        long id = ann.send(group, "Read this");
        ann.post("/v1/groups/" + group + "/messages/" + id + "/nudge").expect(200);
        Visitor sender = BROWSER.as(ann).open(group);

        nudge(sender, id).click();

        assertThat(sender.message(id).locator(".receipts > .error"))
                .hasText("They were nudged a short while ago. Nudge again in 10 minutes.");
    }

    @Test
    void aMessageThatAllHaveReadCannotBeNudged() {
        long id = ann.send(group, "Read this");
        Visitor sender = BROWSER.as(ann).open(group);
        assertThat(nudge(sender, id)).isVisible();

        bob.ack(group, id);
        people.get(2).ack(group, id);

        assertThat(sender.receipt(id)).hasText("Read by all 2");
        assertThat(nudge(sender, id)).isHidden();
    }
}
