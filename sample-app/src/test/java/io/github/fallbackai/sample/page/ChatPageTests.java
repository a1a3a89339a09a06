// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.util.Comparator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.DemoTest;
import io.github.fallbackai.sample.page.ChatPage.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@DemoTest
@Tag("slow")
class ChatPageTests {

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
		this.chaos.end();
		chromium.forget(this.port);
		this.page = ChatPage.open(chromium.driver(), this.port);
	}

	@AfterEach
	void expectNoComplaints() {
		assertThat(chromium.complaints()).isEmpty();
	}

	@Test
	void showsTheTextGrowAndThenWhoWroteIt() {
		this.page.recordTexts("[data-testid=answer-text]");
		Answer answer = this.page.ask("Who are you?").awaitState("done");
		assertThat(answer.text()).startsWith("You asked: “Who are you?”").endsWith(".");
		assertThat(this.page.recordedTexts()).hasSizeGreaterThan(10)
			.allSatisfy((text) -> assertThat(text).startsWith("You asked"));
		assertThat(this.page.recordedTexts().get(0)).hasSizeLessThan(answer.text().length() / 2);
		assertThat(answer.part("badge").getText()).isEqualTo("simulated-large-4 · premium");
		assertThat(answer.part("facts").getText()).matches("after \\d+\\.\\d s, \\d+ tokens, cost 0\\.00\\d+");
		assertThat(answer.hasPart("fallback")).isFalse();
	}

	@Test
	void showsAnotherModelAndTheFallbackMarkAfterThePrimaryBroke() {
		String healthy = this.page.ask("Are you there?").awaitState("done").text();
		this.page.element("new-chat").click();
		this.page.choose("premium", "500");
		Answer answer = this.page.ask("Are you there?").awaitState("done");
		assertThat(answer.text()).isEqualTo(healthy);
		assertThat(answer.part("badge").getText()).isEqualTo("simulated-mini-4 · budget");
		assertThat(answer.part("fallback").getText()).isEqualTo("A fallback answered: budget (premium: server error).");
		answer.part("history").click();
		assertThat(answer.part("history").getText()).contains("2 attempts", "premium: server error (HTTP 500) after",
				"budget: succeeded after");
	}

	@Test
	void goesOnInTheMiddleOfASentence() {
		String healthy = this.page.ask("Are you there?").awaitState("done").text();
		this.page.element("new-chat").click();
		this.page.choose("premium", "cut-mid-stream");
		Answer answer = this.page.ask("Are you there?").awaitState("done");
		assertThat(answer.text()).isEqualTo(healthy);
		assertThat(answer.part("badge").getText()).isEqualTo("simulated-mini-4 · budget");
		assertThat(answer.hasPart("fallback")).isTrue();
	}

	@Test
	void showsTheBreakerOpenAndSomebodyElseActive() {
		assertThat(this.page.element("active-model").getText()).endsWith("simulated-large-4");
		this.chaos.openBreaker("premium", "refuse");
		this.page.awaitProvider("premium", "breaker", "OPEN");
		this.page.awaitProvider("budget", "active", "true");
		assertThat(this.page.card("premium").getText()).contains("Breaker open", "skipped");
		assertThat(this.page.element("active-model").getText()).endsWith("simulated-mini-4");
		Answer answer = this.page.ask("Are you there?").awaitState("done");
		assertThat(answer.hasPart("history")).isFalse();
		assertThat(answer.part("fallback").getText())
			.isEqualTo("A fallback answered: budget, because the first choice is resting.");
	}

	@Test
	void countsTheCoolDownOfARateLimitDown() {
		this.page.choose("premium", "429");
		this.page.recordTexts("[data-provider=premium] [data-testid=cool-down]");
		this.page.ask("Are you there?");
		this.page.await(() -> this.page.recordedTexts().size() >= 2);
		assertThat(this.page.recordedTexts()).allMatch((text) -> text.matches("cooling down [1-6] s"))
			.isSortedAccordingTo(Comparator.reverseOrder());
		this.page.element("heal").click();
		this.page.awaitProvider("premium", "available", "true");
	}

	@Test
	void stopsWhenToldAndCancelsTheCall() {
		long cancelled = cancelledCalls();
		this.page.choose("premium", "hang-mid-stream");
		Answer answer = this.page.ask("Tell me everything.").awaitState("streaming");
		this.page.message().sendKeys("typed meanwhile");
		this.page.element("stop").click();
		answer.awaitState("stopped");
		assertThat(answer.text()).startsWith("You asked");
		assertThat(this.page.element("stop").isDisplayed()).isFalse();
		assertThat(chromium.driver().switchTo().activeElement()).isEqualTo(this.page.message());
		this.page.await(() -> cancelledCalls() == cancelled + 1);
		chromium.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
		this.page.await(() -> this.page.all("testid", "question").size() == 2);
		assertThat(this.page.all("testid", "question").get(1).getText()).isEqualTo("typed meanwhile");
	}

	@Test
	void staysFriendlyWhenNobodyAnswersAndTriesAgain() {
		this.chaos.setAll("500");
		Answer answer = this.page.ask("Is anybody there?").awaitState("failed");
		assertThat(answer.part("error").getText())
			.isEqualTo("No model could answer just now. Please try again in a moment.");
		this.page.element("heal").click();
		this.page.awaitProvider("premium", "mode", "healthy");
		answer.part("retry").click();
		this.page.await(() -> this.page.all("state", "done").size() == 1);
	}

	@Test
	void makesANewLineWithShiftAndSendsNothingBlank() {
		this.page.message().sendKeys("  ", Keys.ENTER);
		this.page.message().sendKeys("one", Keys.chord(Keys.SHIFT, Keys.ENTER), "two", Keys.ENTER);
		this.page.await(() -> this.page.all("testid", "question").size() == 1);
		assertThat(this.page.all("testid", "question").get(0).getText()).isEqualTo("one\ntwo");
	}

	@Test
	void offersEveryModeForEveryProvider() {
		assertThat(this.page.all("mode", "").stream().map((element) -> element.getDomAttribute("data-mode")).distinct())
			.contains("healthy", "429", "500", "503", "hang", "hang-mid-stream", "cut-mid-stream", "refuse", "garbage");
	}

	private long cancelledCalls() {
		return this.client.get()
			.uri("/actuator/fallbackai/premium")
			.exchange()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody()
			.at("/statistics/attempts/cancelled")
			.asLong();
	}

}
