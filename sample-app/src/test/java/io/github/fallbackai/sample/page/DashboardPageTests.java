// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.drill.Drill;
import io.github.fallbackai.drill.DrillFault;
import io.github.fallbackai.drill.Drills;
import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.DemoTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@DemoTest
@Tag("slow")
class DashboardPageTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final String MARKUP = "<img src=x onerror=\"document.title='run'\">";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@Autowired
	private Chaos chaos;

	@Autowired
	private EndpointControl control;

	@Autowired
	private Drills drills;

	@Autowired
	private WebTestClient client;

	@LocalServerPort
	private int port;

	@BeforeEach
	void heal() {
		this.chaos.end();
		ChatPage.device(chromium.driver(), 1280, 900, "light");
	}

	@AfterEach
	void expectNoComplaints() {
		this.drills.close();
		this.control.enable("premium").block(PATIENCE);
		this.control.reset("premium").block(PATIENCE);
		assertThat(chromium.complaints()).isEmpty();
	}

	@Test
	void showsWhichModelIsActiveAndFollowsASwitch() {
		DashboardPage page = open();
		assertThat(page.element("active-model").getText()).isEqualTo("simulated-large-4");
		assertThat(page.element("active-model").getCssValue("font-size")).matches("\\d{2,3}(\\.\\d+)?px");
		assertThat(Double.parseDouble(page.element("active-model").getCssValue("font-size").replace("px", "")))
			.isGreaterThan(90);
		this.chaos.openBreaker("premium", "500");

		page.awaitText("active-model", "simulated-mini-4");
		page.awaitState("premium", "breaker open");
		assertThat(page.element("active-detail").getText()).isEqualTo("budget, not the first choice");
		page.await(() -> page.part("premium", "wait").getText().startsWith("next probe in "));
		page.awaitText("events", "premium → budget in chain default (server error)");
		page.awaitText("events", "premium: breaker opened for 5 min 0 s (server error)");
		assertThat(page.card("budget").getText()).containsPattern("First content\\s\\d+ ms")
			.containsPattern("Calls\\s.*succeeded")
			.containsPattern("Tokens\\s[\\d,]+ in");
		page.await(() -> String.valueOf(page.script("return document.querySelector('svg').ariaLabel"))
			.matches("Calls by endpoint: premium [1-9].*budget [1-9].*"));
		assertThat(chromium.addresses()).isNotEmpty()
			.allSatisfy((address) -> assertThat(address).startsWith("http://localhost:" + this.port + "/"));
	}

	@Test
	void followsASwitchOnAPhone() {
		ChatPage.device(chromium.driver(), 390, 844, "dark");
		DashboardPage page = open();
		assertThat(page.element("active-model").getText()).isEqualTo("simulated-large-4");
		this.chaos.openBreaker("premium", "500");
		page.awaitText("active-model", "simulated-mini-4");
		page.awaitState("premium", "breaker open");
		page.awaitText("events", "premium → budget in chain default (server error)");
		assertThat((long) page.script("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
	}

	@Test
	void countsDown() {
		DashboardPage page = open();
		this.control.disable("premium", Duration.ofSeconds(50), null).block(PATIENCE);
		page.awaitState("premium", "disabled");
		String first = page.part("premium", "wait").getText();
		assertThat(first).matches("disabled for \\d+ s");
		page.await(() -> !page.part("premium", "wait").getText().equals(first));
	}

	@Test
	void operatesByKeyboard() {
		DashboardPage page = open();
		page.await(() -> page.button("premium", "disable").isDisplayed());
		page.button("premium", "disable").sendKeys(Keys.ENTER);
		page.awaitState("premium", "disabled");
		page.await(() -> "enable".equals(chromium.driver().switchTo().activeElement().getDomAttribute("data-action")));
		chromium.driver().switchTo().activeElement().sendKeys(Keys.SPACE);
		page.awaitState("premium", "ready");

		page.button("premium", "drill").sendKeys(Keys.ENTER);
		page.await(() -> page.element("drill-dialog").isDisplayed());
		chromium.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
		page.await(() -> !page.element("drill-dialog").isDisplayed());
		assertThat(this.drills.running()).isEmpty();

		page.button("premium", "drill").sendKeys(Keys.ENTER);
		page.element("drill-calls").sendKeys("7", Keys.ENTER);
		page.await(() -> page.part("premium", "drill").getText().matches("Drill: 500, \\d+ s left or 7 requests"));
		page.awaitText("events", "premium: drill 500: dashboard for 30 s");
		page.button("premium", "off").sendKeys(Keys.ENTER);
		page.await(() -> !page.part("premium", "drill").isDisplayed());
		assertThat(this.drills.running()).isEmpty();
	}

	@Test
	void drillsAShareOfTheCallsWithAMark() {
		DashboardPage page = open();
		page.await(() -> page.button("premium", "drill").isDisplayed());
		page.button("premium", "drill").click();
		page.element("drill-share").sendKeys("20 %");
		page.element("drill-only").sendKeys("rehearsal", Keys.ENTER);
		page.await(() -> page.part("premium", "drill")
			.getText()
			.matches("Drill: 500, \\d+ s left, 20 % of the requests, only of calls with rehearsal"));
		assertThat(this.drills.running().get("premium").drill()).satisfies((drill) -> {
			assertThat(drill.share()).isEqualTo(0.2);
			assertThat(drill.only()).isEqualTo("rehearsal");
			assertThat(drill.calls()).isNull();
		});
	}

	@Test
	void saysWhyAnOperationIsRefused() {
		DashboardPage page = open();
		page.await(() -> page.button("premium", "drill").isDisplayed());
		page.script("document.getElementById('drill-calls').type = 'text';"
				+ "document.getElementById('drill-calls').value = arguments[0];", "many " + MARKUP);
		page.button("premium", "drill").click();
		page.element("drill-begin").click();
		page.await(() -> page.element("notice").isDisplayed());
		assertThat(page.element("notice").getText()).startsWith("calls: many <img");
		assertThat(chromium.complaints()).hasSize(1).allMatch((line) -> line.contains("400"));
	}

	@Test
	void saysThatNoEndpointAnswersNext() {
		List<String> endpoints = List.of("premium", "budget", "last-resort");
		try {
			endpoints.forEach((name) -> this.control.disable(name, Duration.ofMinutes(5), null).block(PATIENCE));
			DashboardPage page = open();
			page.awaitText("active-model", "no endpoint");
			assertThat(page.element("active-detail").getText())
				.isEqualTo("The chain default has no endpoint that may be tried now");
			chromium.driver().get("http://localhost:" + this.port + "/");
			page.await(() -> page.element("active-model").getText().endsWith("no model right now"));
		}
		finally {
			endpoints.forEach((name) -> this.control.enable(name).block(PATIENCE));
		}
	}

	@Test
	void showsMarkupAsText() {
		this.client.post()
			.uri("/actuator/fallbackai/premium")
			.bodyValue(Map.of("action", "disable", "for", "5m", "reason", MARKUP))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult();
		DashboardPage page = open();
		page.awaitText("events", "premium: disable (" + MARKUP + ")");
		this.control.disable("premium", Duration.ofMinutes(6), "later " + MARKUP).block(PATIENCE);
		page.awaitText("events", "premium: disable (later " + MARKUP + ")");
		assertThat(page.script("return document.querySelectorAll('img, script:not([src])').length")).isEqualTo(0L);
		assertThat(chromium.driver().getTitle()).isEqualTo("fallback-ai dashboard");
	}

	@Test
	void theTimelineKeepsItsRowsHoweverManyWentBefore() {
		DashboardPage page = open();
		Object outcome = chromium.driver()
			.executeAsyncScript(
					"""
							const done = arguments[arguments.length - 1];
							import("/actuator/fallbackaidashboard/timeline.js").then(({ Timeline }) => {
								const list = document.createElement("ol");
								const timeline = new Timeline(list, document.createElement("p"));
								const event = (number) => ({ at: new Date(number).toISOString(), type: "recovered", endpoint: "a" });
								const numbers = [...Array(300).keys()];
								numbers.forEach((number) => timeline.happened(event(number)));
								const first = list.firstElementChild;
								timeline.happened(event(299));
								timeline.history(numbers.slice(-256).reverse().map(event));
								done([list.childElementCount, list.firstElementChild === first,
										list.lastElementChild.querySelector("time").dateTime]);
							}, (error) => done(String(error)));
							""");
		assertThat(outcome).isEqualTo(List.of(256L, true, "1970-01-01T00:00:00.044Z"));
		assertThat(page.element("events").isDisplayed()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "1280, light", "1280, dark", "320, light", "320, dark" })
	void fitsAndIsAccessible(int width, String scheme) throws IOException {
		ChatPage.device(chromium.driver(), width, 900, scheme);
		this.chaos.openBreaker("premium", "500");
		this.drills.begin("budget", Drill.of(DrillFault.HANG).calls(9).only("nobody").build());
		DashboardPage page = open();
		page.awaitState("premium", "breaker open");
		page.await(() -> page.part("budget", "drill").isDisplayed() && page.button("budget", "off").isDisplayed());
		assertThat((long) page.script("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
		assertThat(chromium.obstacles()).isEmpty();

		page.button("premium", "drill").click();
		page.await(() -> page.element("drill-dialog").isDisplayed());
		assertThat((long) page.script("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
		assertThat(chromium.obstacles()).isEmpty();
	}

	private DashboardPage open() {
		return DashboardPage.open(chromium.driver(), this.port);
	}

}
