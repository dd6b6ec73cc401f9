package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static seenby.support.Eventually.eventually;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** Two tabs of one user show the same state. */
@ResourceLock(Chromium.SECOND_LOCK)
@Order(1) // one of the longest
class TwoTabsIT {
    /** Short, because later a held poll would end and have the same effect. */
    private static final LocatorAssertions.HasCountOptions WITHIN =
            new LocatorAssertions.HasCountOptions().setTimeout(7_000);

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);
    private final Visitor one = BROWSER.visitor();
    private final Visitor two = one.anotherTab();

    private Locator badge(Visitor tab) {
        return tab.page().locator("a.group[data-id='" + group + "'] .badge");
    }

    /** Shortens the following polls to one second. */
    private static void shortenPolls(Visitor tab) {
        tab.page().route("**/v1/updates", route -> {
            String shortened = route.request().postData().replace("\"timeout\":25", "\"timeout\":1");
            route.resume(new Route.ResumeOptions().setPostData(shortened));
        });
    }

    private void openBothTabsWithTwoUnread() {
        ann.send(group, "first");
        ann.send(group, "second");
        one.signIn(bob);
        two.signIn(bob);
        assertThat(badge(one)).hasText("2");
        assertThat(badge(two)).hasText("2");
    }

    private void readInAnotherBrowser() {
        bob.ack(group, 2);
    }

    @Test
    void messagesReadInOneTabAreReadInTheOther() {
        openBothTabsWithTwoUnread();

        one.open(group);

        assertThat(badge(one)).hasCount(0);
        assertThat(badge(two)).hasCount(0);
        assertThat(two.page()).hasTitle("Seenby");
        eventually(
                "the server has the acks",
                () -> bob.get("/v1/groups/" + group).json().get("unread").asLong() == 0);
    }

    @Test
    void messagesReadInAnotherBrowserAreReadAfterThePoll() {
        shortenPolls(two);
        openBothTabsWithTwoUnread();

        readInAnotherBrowser();

        assertThat(badge(two)).hasCount(0, WITHIN);
        assertThat(two.page()).hasTitle("Seenby");
    }

    @Test
    void messagesReadInAnotherBrowserAreReadOnceTheTabIsVisible() {
        String other = SERVER.group(ann, bob);
        openBothTabsWithTwoUnread();
        two.hideTab();
        two.holdPolls(() -> ann.send(other, "not read"));
        readInAnotherBrowser();
        assertThat(badge(two)).hasText("2");

        two.showTab();

        assertThat(badge(two)).hasCount(0);
        assertThat(two.page()).hasTitle("(1) Seenby");
    }

    @Test
    void messagesReadInAnotherBrowserAreReadDuringConstantNews() {
        String busy = SERVER.group(ann, bob);
        two.page().clock().install();
        openBothTabsWithTwoUnread();
        readInAnotherBrowser();
        two.holdPolls(() -> ann.send(busy, "news"));
        assertThat(badge(two)).hasText("2");

        two.page().clock().fastForward(Duration.ofSeconds(25).toMillis());

        assertThat(badge(two)).hasCount(0, WITHIN);
    }

    @Test
    void aMessageSentInOneTabIsShownOnceInBothWithItsReceipts() {
        one.signIn(bob).open(group);
        two.signIn(bob).open(group);

        one.write("from one");
        assertThat(two.message(1)).containsText("from one");
        two.write("from two");
        assertThat(one.message(2)).containsText("from two");

        for (Visitor tab : List.of(one, two)) {
            assertThat(tab.page().locator("a.group .preview")).hasText("You: from two");
            assertThat(tab.receipt(1)).hasText("Not read yet");
            assertThat(tab.receipt(2)).hasText("Not read yet");
        }
        ann.ack(group, 2);
        for (Visitor tab : List.of(one, two)) {
            assertThat(tab.receipt(1)).hasText("Read");
            assertThat(tab.receipt(2)).hasText("Read");
            assertEquals(
                    List.of("from one", "from two"),
                    tab.page().locator(".message .text").allTextContents());
        }
    }
}
