// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.verdict.FaultCatalogue;
import io.github.fallbackai.test.verdict.Verdict;
import io.github.fallbackai.test.verdict.Verdict.Result;
import io.github.fallbackai.test.verdict.Verdicts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The verdicts of {@code docs/testing.md}: on services with fallback, which survive, and
 * on services that do not.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[1].name=backup", "fallback.ai.endpoints[1].model=small",
				"fallback.ai.defaults.timeout.first-content=1s", "fallback.ai.defaults.timeout.idle=1s" })
@Tag("slow")
class FaultCatalogueTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final AiFallbackTemplate ai;

	private final FaultCatalogue catalogue;

	FaultCatalogueTests(@Autowired AiFallbackTemplate ai, @Autowired EndpointControl control) {
		this.ai = ai;
		control.reset("backup").block();
		this.catalogue = FaultCatalogue.of(primary).before(() -> control.reset("primary").block());
	}

	@Test
	void aServiceWithFallbackSurvivesAllOfThem() {
		Verdicts verdicts = this.catalogue.accept((question, answer) -> answer.equals(backup.answerTo(question)))
			.run((question) -> String.join("", this.ai.streamText(question).collectList().block()))
			.assertSurvived();
		assertThat(verdicts.all()).extracting(Verdict::fault)
			.contains("none", "429", "hang before content", "cut after 0 tokens", "cut after 19 tokens");
		assertThat(verdicts.toString().lines()).hasSameSizeAs(verdicts.all());
		assertThat(primary.answerTo("Hello")).isEqualTo(this.ai.chat("Hello").block().text());
	}

	/** Half a sentence is no answer, also if nothing says what an answer is. */
	@Test
	void aServiceThatSwallowsACutDoesNotSurvive() {
		backup.always(Outcome.status(500));
		Verdicts verdicts = this.catalogue
			.run((question) -> String.join("", this.ai.streamText(question).onErrorComplete().collectList().block()));
		assertThat(verdicts.failed()).extracting(Verdict::fault)
			.contains("hang after 3 tokens", "end after 3 tokens", "cut after 1 token", "cut after 19 tokens");
		assertThat(verdicts.failed()).filteredOn((verdict) -> verdict.fault().equals("cut after 9 tokens"))
			.singleElement()
			.satisfies((verdict) -> assertThat(verdict.reason()).startsWith("breaks off: You asked"));
	}

	/** Most services have a prompt of their own. */
	@Test
	void aServiceThatAsksInItsOwnWordsIsJudgedByTheAnswerToThose() {
		backup.always(Outcome.status(500));
		Verdicts verdicts = this.catalogue.run((question) -> String.join("",
				this.ai.streamText("Answer in a friendly tone: " + question).onErrorComplete().collectList().block()));
		assertThat(verdicts.failed()).extracting(Verdict::fault).contains("end after 3 tokens", "cut after 20 tokens");
	}

	@Test
	void aServiceThatAlwaysShortensIsJudgedByTheTestAlone() {
		FaultCatalogue strict = this.catalogue.accept((question, answer) -> answer.length() == 20);
		strict.run((question) -> this.ai.chat(question).block().text().substring(0, 20)).assertSurvived();
	}

	@Test
	void cutsGoOnToTheLastTokenOfTheAnswer() {
		String text = IntStream.range(0, 60).mapToObj((word) -> "word" + word).collect(Collectors.joining(" "));
		primary.answers((request) -> text);
		backup.answers((request) -> text);
		Verdicts verdicts = this.catalogue.accept((question, answer) -> answer.equals(text))
			.run((question) -> String.join("", this.ai.streamText(question).collectList().block()))
			.assertSurvived();
		assertThat(verdicts.all()).extracting(Verdict::fault)
			.contains("cut after 59 tokens")
			.doesNotContain("cut after 60 tokens");
	}

	@Test
	void aServiceWithoutABackupFailsAndTheTableSaysWhy() {
		backup.always(Outcome.status(500));
		Verdicts verdicts = this.catalogue.and("mine", Outcome.status(418))
			.run((question) -> this.ai.chat(question).block().text());
		assertThat(verdicts.all()).extracting(Verdict::fault).contains("cut after 0 tokens", "mine");
		assertThat(verdicts.failed()).hasSize(verdicts.all().size() - 1).allSatisfy((verdict) -> {
			assertThat(verdict.result()).isEqualTo(Result.FAILED);
			assertThat(verdict.reason()).startsWith("io.github.fallbackai.failure.").doesNotContain("\n");
		});
		assertThatExceptionOfType(AssertionError.class).isThrownBy(verdicts::assertSurvived)
			.withMessageContaining("faults were not survived\n")
			.withMessageContaining("429 with Retry-After     FAILED");
	}

	@Test
	void aFaultThatIsNotMetIsNotSurvived() {
		Verdicts verdicts = this.catalogue.run((question) -> "always the same");
		assertThat(verdicts.failed()).extracting(Verdict::result).containsOnly(Result.NOT_REACHED);
		assertThat(verdicts.all()).filteredOn((verdict) -> verdict.result() == Result.SURVIVED)
			.extracting(Verdict::fault)
			.containsExactly("connection refused");
	}

	@Test
	void anAnswerMustComeInTimeAndHaveText() {
		Verdicts late = this.catalogue.timeout(Duration.ofMillis(1)).run((question) -> {
			Thread.sleep(Duration.ofMinutes(1).toMillis());
			return "late";
		});
		assertThat(late.all()).filteredOn((verdict) -> verdict.fault().equals("connection refused"))
			.extracting(Verdict::reason)
			.containsExactly("no answer within PT0.001S");
		Verdicts blank = this.catalogue.run((question) -> this.ai.chat(question).map((response) -> " ").block());
		assertThat(blank.failed()).hasSameSizeAs(blank.all()).extracting(Verdict::reason).containsOnly("no text");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(FallbackAiAutoConfiguration.class)
	static class App {

	}

}
