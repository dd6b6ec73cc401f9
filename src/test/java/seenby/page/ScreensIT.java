package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** The screens of the page on a desktop and on a phone; {@code -Dseenby.screenshots=docs/images} saves them. */
@ResourceLock(Chromium.LOCK)
class ScreensIT {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private static ApiClient alice;
    private static String group;

    private static ApiClient person(String id, String name) {
        ApiClient person = SERVER.user(id);
        person.patch("/v1/me", Map.of("name", name)).expect(200);
        return person;
    }

    @BeforeAll
    static void createConversation() {
        alice = person("alice", "Alice Liddell");
        ApiClient bob = person("bob", "Bob Marsh");
        ApiClient carol = person("carol", "Carol Danvers");
        ApiClient dinah = person("dinah", "Dinah");
        ApiClient chen = person("chen", "陈晓");
        group = SERVER.group(alice, bob, carol, dinah, chen);
        alice.patch("/v1/groups/" + group, Map.of("name", "Release 2.4")).expect(200);
        for (String name : List.of("On call", "Lunch 午饭", "Board")) {
            String other = SERVER.group(bob, alice, chen);
            bob.patch("/v1/groups/" + other, Map.of("name", name)).expect(200);
            bob.send(other, name.equals("Board") ? "Minutes of Tuesday are in the folder." : "Who is in today?");
        }
        bob.send(group, "The build is green since this morning.");
        carol.send(
                group, "Two translations are still missing: 中文 and Polish. I have asked Chen and Ola to look at them.");
        chen.send(group, "中文的翻译已经完成，请审阅。");
        alice.send(group, "Then we freeze at noon. Please read the notes before you merge anything 🚀");
        for (ApiClient reader : List.of(bob, carol, dinah, chen)) {
            reader.ack(group, 4);
        }
        bob.send(group, "Read, and agreed. I’ll keep an eye on the queue.");
        alice.send(
                group,
                "One more thing: the migration runs for about ten minutes. Nobody restarts the workers meanwhile.\n\n"
                        + "Rollback is in the notes, step 4.");
        bob.ack(group, 6);
        carol.ack(group, 6);
        chen.ack(group, 6);
        alice.ack(group, 6);
    }

    private static Visitor openConversation(Consumer<Browser.NewContextOptions> options) {
        Visitor visitor = BROWSER.visitor(options).signIn(alice).open(group);
        visitor.message(6).getByText("Read by 3 of 4").click();
        assertThat(visitor.message(6).locator(".panel time")).hasCount(3);
        visitor.scrollTo("end");
        return visitor;
    }

    private static void saveScreenshot(Page page, String name) {
        String directory = System.getProperty("seenby.screenshots", "");
        if (!directory.isEmpty()) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(directory, name + ".png")));
        }
    }

    /** How bright the conversation's background is, from 0 to 255. */
    private static int brightness(Visitor visitor) {
        return (Integer) visitor.page()
                .locator(".conversation-pane")
                .evaluate("pane => Math.max(...getComputedStyle(pane).backgroundColor.match(/\\d+/g).map(Number))");
    }

    @Test
    void desktopInTheLightScheme() {
        Visitor visitor = openConversation(options -> {});

        assertTrue(brightness(visitor) > 220);
        assertThat(visitor.page().locator("#groups")).isInViewport();
        saveScreenshot(visitor.page(), "desk-light");
    }

    @Test
    void desktopInTheDarkScheme() {
        Visitor visitor = openConversation(options -> options.setColorScheme(ColorScheme.DARK));

        assertTrue(brightness(visitor) < 60);
        saveScreenshot(visitor.page(), "desk-dark");
    }

    @Test
    void phone() {
        Visitor visitor =
                openConversation(options -> options.setViewportSize(360, 720).setDeviceScaleFactor(2));

        assertThat(visitor.page().locator("#groups")).isHidden();
        assertEquals(0, visitor.page().evaluate("document.documentElement.scrollWidth - innerWidth"));
        saveScreenshot(visitor.page(), "phone");
    }

    @Test
    void signIn() {
        Visitor visitor = BROWSER.visitor();

        assertThat(visitor.button("Sign in")).isInViewport();
        saveScreenshot(visitor.page(), "sign-in");
    }

    @Test
    void group() {
        Visitor visitor = openConversation(options -> {});
        visitor.button("Group").click();
        assertThat(visitor.dialog().locator(".rows li")).hasCount(5);
        saveScreenshot(visitor.page(), "group");
    }
}
