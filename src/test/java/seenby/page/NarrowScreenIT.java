package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/**
 * Texts and names without a place to break fit a narrow screen in each view, and leave the buttons in reach;
 * {@code -Dseenby.screenshots=directory} saves the views.
 */
@ResourceLock(Chromium.SECOND_LOCK)
class NarrowScreenIT {
    private static final String NAME = "W".repeat(128);
    private static final String LINK = "https://example.org/" + "a".repeat(600);
    private static final String OVERFLOWING = """
            () => [...document.querySelectorAll('body *')]
              .filter(each => each.checkVisibility() && !each.closest('.unseen, .avatar, svg, input'))
              .filter(each => {
                const { left, right, width } = each.getBoundingClientRect();
                const cut = getComputedStyle(each).overflowX === 'hidden';
                return width > 0 && (left < -1 || right > innerWidth + 1
                  || !cut && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline');
              })
              .map(each => each.outerHTML.slice(0, 120))""";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final List<ApiClient> people = SERVER.users("ann", "bob", "w".repeat(40), "eve");
    private final ApiClient ann = people.get(0);
    private final ApiClient bob = people.get(1);
    private final String group = SERVER.group(ann, bob, people.get(2));

    /** Asserts that nothing is wider than the screen, and that a click reaches each of these. */
    private static void assertFits(Visitor visitor, String view, Locator... inReach) {
        assertEquals(List.of(), visitor.page().evaluate(OVERFLOWING), view);
        for (Locator each : inReach) {
            assertThat(each).isInViewport();
            each.click(new Locator.ClickOptions().setTrial(true));
        }
        String directory = System.getProperty("seenby.screenshots", "");
        if (!directory.isEmpty()) {
            visitor.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of(directory, view + ".png")));
        }
    }

    private static Locator back(Visitor visitor) {
        return visitor.page().locator(".back");
    }

    private static Locator send(Visitor visitor) {
        return visitor.page().locator(".send");
    }

    private static Locator settings(Visitor visitor) {
        return visitor.page().locator(".conversation > .bar button");
    }

    private static void assertConversationFits(Visitor visitor, String view) {
        assertFits(visitor, view, back(visitor), settings(visitor), send(visitor), visitor.composer());
    }

    private void giveLongNames() {
        people.forEach(person -> person.patch("/v1/me", Map.of("name", NAME)).expect(200));
        ann.patch("/v1/groups/" + group, Map.of("name", NAME)).expect(200);
    }

    @ParameterizedTest
    @CsvSource({"320, en-GB, LIGHT", "360, zh-CN, DARK"})
    void eachViewFits(int width, String locale, ColorScheme scheme) {
        giveLongNames();
        bob.send(group, LINK);
        ann.send(group, LINK);
        bob.ack(group, 2);
        Visitor visitor = BROWSER.visitor(options -> options.setViewportSize(width, 640)
                .setLocale(locale)
                .setColorScheme(scheme)
                .setHasTouch(true));
        String prefix = width + "-";
        visitor.page().locator("#token").fill("密码" + NAME);
        visitor.page().locator("#token").press("Enter");
        assertFits(visitor, prefix + "sign-in", visitor.page().locator("#sign-in-form button"));

        visitor.signIn(ann);
        assertFits(visitor, prefix + "groups", visitor.page().locator("#new-group"));
        visitor.open(group);
        assertThat(visitor.message(2)).isVisible();
        assertConversationFits(visitor, prefix + "conversation");
        visitor.composer().fill(LINK);
        assertConversationFits(visitor, prefix + "composer");
        visitor.receipt(2).click();
        assertThat(visitor.message(2).locator(".panel .waiting li")).hasCount(1);
        assertConversationFits(visitor, prefix + "receipts");

        settings(visitor).click();
        assertThat(visitor.dialog().locator(".rows li")).hasCount(3);
        assertFits(visitor, prefix + "group", visitor.dialog().locator("header button"));
        visitor.dialog().locator(".actions button").first().click();
        visitor.dialog().last().locator(".danger").scrollIntoViewIfNeeded();
        assertFits(visitor, prefix + "confirm", visitor.dialog().last().locator(".danger"));
    }

    @ParameterizedTest
    @CsvSource({"320, en-GB, LIGHT", "360, zh-CN, DARK", "1120, en-GB, DARK"})
    void whatHappensFits(int width, String locale, ColorScheme scheme) {
        giveLongNames();
        long id = ann.send(group, LINK);
        Visitor visitor = BROWSER.visitor(options ->
                        options.setViewportSize(width, 640).setLocale(locale).setColorScheme(scheme))
                .signIn(bob)
                .open(group);
        String prefix = width + "-";
        visitor.hideTab();
        ann.post("/v1/groups/" + group + "/messages/" + id + "/nudge").expect(200);
        assertThat(visitor.status()).containsText(NAME);
        assertFits(visitor, prefix + "nudge", settings(visitor), send(visitor), visitor.composer());
        assertFits(
                visitor,
                prefix + "nudge",
                visitor.page().locator("#status button").first());

        visitor.page().route("**/v1/**", Route::abort);
        visitor.write(LINK);
        assertThat(visitor.page().locator(".waiting-texts li")).hasText(LINK);
        ann.send(group, "ends the poll");
        assertThat(visitor.status()).hasClass(Pattern.compile("bad"));
        assertFits(visitor, prefix + "waiting", settings(visitor), send(visitor), visitor.composer());
        visitor.page().reload();
        assertThat(visitor.page().locator("#waiting-why")).isVisible();
        assertFits(visitor, prefix + "away");
        visitor.page().unroute("**/v1/**");

        assertThat(visitor.page().locator(".conversation")).isVisible();
        visitor.composer().fill(LINK);
        ann.delete("/v1/groups/" + group).expect(204);
        assertThat(visitor.status()).containsText(NAME);
        assertFits(
                visitor,
                prefix + "unsent",
                visitor.page().locator("#status button").first());
        visitor.page().locator("#status button").first().click();
        assertFits(visitor, prefix + "unsent-text", visitor.dialog().locator("header button"));
    }

    @ParameterizedTest
    @CsvSource({"320, en-GB", "360, zh-CN"})
    void theAdminsDialogsFit(int width, String locale) {
        giveLongNames();
        Visitor admin = BROWSER.visitor(
                        options -> options.setViewportSize(width, 640).setLocale(locale))
                .signIn(SERVER.admin());
        String prefix = width + "-";
        assertFits(
                admin,
                prefix + "admin",
                admin.page().locator("#people"),
                admin.page().locator("#new-group"));
        admin.page().locator("#people").click();
        assertThat(admin.dialog().locator(".rows li").nth(3)).isVisible();
        assertFits(admin, prefix + "people", admin.dialog().locator("header button"));
        admin.dialog().locator("input[type=text]").first().fill(NAME);
        admin.dialog().locator("form .primary").click();
        assertThat(admin.dialog().locator(".error:not(:empty)")).isVisible();
        assertFits(admin, prefix + "people-refused", admin.dialog().locator("header button"));
        admin.page().keyboard().press("Escape");

        admin.page().locator("#new-group").click();
        assertFits(admin, prefix + "new-group", admin.dialog().locator("header button"));
        admin.page().keyboard().press("Escape");
        admin.page().locator("#account").click();
        assertFits(admin, prefix + "account", admin.dialog().locator("header button"));
    }
}
