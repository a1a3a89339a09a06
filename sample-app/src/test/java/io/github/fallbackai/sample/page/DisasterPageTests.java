// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.disaster.ShortStoryTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ShortStoryTest
@Tag("slow")
class DisasterPageTests {

	/** Feeds the counter with times; gives back the seconds. */
	private static final String SILENCE = """
			const done = arguments[arguments.length - 1];
			import("/silence.js").then(({ Silence }) => {
				let now = 0;
				const silence = new Silence(() => now);
				now = 5000; silence.begin();
				now = 5900; silence.broken();
				now = 8900; silence.broken();
				const open = [7000, 9000, 10900].map((at) => { now = at; return silence.seconds(); });
				now = 12900; silence.end();
				now = 90000;
				done([...open, silence.seconds()].join(" "));
			}, (error) => done(String(error)));
			""";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@Autowired
	private Chaos chaos;

	@Autowired
	private WebTestClient client;

	@LocalServerPort
	private int port;

	private ChatPage page;

	@BeforeEach
	void open() {
		ChatPage.device(chromium.driver(), 1280, 900, "light");
		this.page = ChatPage.open(chromium.driver(), this.port);
		this.page.await(() -> !running());
		this.chaos.end();
		this.page.await(() -> this.page.element("disaster").isDisplayed());
		this.page.element("disaster").click();
		this.page.await(() -> !this.page.all("testid", "run").isEmpty());
	}

	@AfterEach
	void expectNoComplaints() {
		assertThat(chromium.complaints()).isEmpty();
		assertThat(chromium.addresses())
			.allSatisfy((address) -> assertThat(address).startsWith("http://localhost:" + this.port + "/"));
	}

	@Test
	void countsWhatUsersOfBothChatsHaveToBear() {
		this.page.element("run").click();
		this.page.await(() -> "429".equals(this.page.element("step").getDomAttribute("data-mode")));
		this.page.await(() -> "end".equals(this.page.element("step").getDomAttribute("data-mode")));

		assertThat(count("plain", "errors")).isPositive();
		assertThat(count("fallback", "errors")).isZero();
		assertThat(count("fallback", "answers")).isGreaterThan(count("plain", "answers"));
		assertThat(count("fallback", "silence")).isLessThan(count("plain", "silence"));
		assertThat(this.page.element("step").getText())
			.matches("In 8 seconds, the plain client showed \\d+ errors? and was "
					+ "silent for \\d+\\.\\d s\\. fallback-ai showed 0 errors and was silent for \\d+\\.\\d s\\.");
		assertThat(this.page.element("plain").getText()).contains("The provider answered with status");
		assertThat(this.page.element("run").isEnabled()).isTrue();
		assertThat(this.chaos.provider("premium")).containsEntry("mode", "healthy");
	}

	@Test
	void countsSilenceBeyondTheFirstSecond() {
		assertThat(chromium.driver().executeAsyncScript(SILENCE)).isEqualTo("2 2 3 5");
	}

	@ParameterizedTest
	@CsvSource({ "1280, light", "320, dark" })
	void isAccessible(int width, String scheme) throws IOException {
		ChatPage.device(chromium.driver(), width, 800, scheme);
		this.page.element("run").click();
		this.page.await(() -> this.page.element("fallback").getText().contains("In short"));
		assertThat(chromium.obstacles()).isEmpty();
		assertThat(chromium.driver().executeScript("return document.documentElement.scrollWidth"))
			.isEqualTo((long) width);
	}

	/** A story that another test began ends when its page is left. */
	private boolean running() {
		return this.client.get()
			.uri("/api/disaster")
			.exchange()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody()
			.path("running")
			.asBoolean();
	}

	private double count(String lane, String count) {
		return Double.parseDouble(
				this.page.element(lane).findElement(By.cssSelector("[data-testid='" + count + "']")).getText());
	}

}
