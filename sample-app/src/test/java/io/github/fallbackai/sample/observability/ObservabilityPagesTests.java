// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.observability;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.event.ControlAction;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that the dashboard and the alerts ask for is there, and the runbook explains
 * it.
 */
@ObservedDemoTest
@Tag("slow")
class ObservabilityPagesTests {

	private static final Path FOLDER = Path.of("../docs/observability");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");

	/** Words that are values of labels although they need not occur in an outage. */
	private static final Set<String> WORDS = Stream
		.concat(Stream.of("true", "false", "opened", "cooled", "recovered"),
				Stream
					.of(FailureKind.values(), AttemptOutcome.values(), SkipReason.values(), StreamRecovery.values(),
							ControlAction.values())
					.flatMap(Stream::of)
					.map((constant) -> constant.name().toLowerCase(Locale.ROOT)))
		.collect(Collectors.toSet());

	private static Scrape exposed = new Scrape(List.of());

	@Autowired
	private Traffic traffic;

	@BeforeEach
	void outage() {
		if (exposed.samples().isEmpty()) {
			this.traffic.outage();
			exposed = this.traffic.scrape();
		}
	}

	@Test
	void everyPanelShowsWhatIsExposed() throws Exception {
		JsonNode dashboard = new ObjectMapper().readTree(FOLDER.resolve("grafana-dashboard.json").toFile());
		List<JsonNode> panels = new ArrayList<>();
		dashboard.get("panels").forEach(panels::add);
		panels.removeIf((panel) -> panel.get("type").asText().equals("row"));
		assertThat(panels).hasSizeGreaterThan(15);
		for (JsonNode panel : panels) {
			assertThat(panel.get("targets")).as(panel.get("title").asText()).isNotEmpty();
			for (JsonNode target : panel.get("targets")) {
				verify(target.get("expr").asText(), target.get("legendFormat").asText());
			}
		}
		for (JsonNode annotation : dashboard.at("/annotations/list")) {
			verify(annotation.get("expr").asText(), annotation.get("titleFormat").asText());
		}
		Matcher variable = Pattern.compile("label_values\\((\\w+), (\\w+)\\)")
			.matcher(dashboard.at("/templating/list/1/query").asText());
		assertThat(variable.matches()).isTrue();
		assertThat(exposed.named(variable.group(1)))
			.anyMatch((sample) -> sample.labels().containsKey(variable.group(2)));
	}

	@Test
	void everyAlertAsksForWhatIsExposedAndIsInTheRunbook() throws Exception {
		List<Map<String, ?>> rules = rules();
		assertThat(rules).hasSizeGreaterThan(8).extracting((rule) -> rule.get("alert")).doesNotHaveDuplicates();
		String runbook = Files.readString(FOLDER.resolve("runbook.md"));
		for (Map<String, ?> rule : rules) {
			assertThat(rule.keySet()).isSubsetOf("alert", "expr", "for", "labels", "annotations")
				.contains("labels", "annotations");
			verify((String) rule.get("expr"), String.valueOf(rule.get("annotations")));
			assertThat(runbook).contains("\n### " + rule.get("alert") + "\n");
		}
	}

	@Test
	void flappingTakesOpeningsAndRecoveriesOfOneInstance() throws Exception {
		String expression = rules().stream()
			.filter((rule) -> "FallbackAiFlapping".equals(rule.get("alert")))
			.map((rule) -> (String) rule.get("expr"))
			.findFirst()
			.orElseThrow();
		Query query = Query.parse(expression);
		assertThat(query.selectors()).extracting((selector) -> selector.matchers().get("state"))
			.containsExactlyInAnyOrder("opened", "recovered");
		assertThat(expression).contains(" and ").doesNotContain("sum by");
		assertThat(query.omissions()).containsExactly("cause", "state");
	}

	@Test
	void theRunbookExplainsEveryState() throws Exception {
		String runbook = Files.readString(FOLDER.resolve("runbook.md"));
		assertThat(Stream.of(CircuitBreaker.State.values(), SkipReason.values(), FailureKind.values())
			.flatMap(Stream::of)
			.map((constant) -> "| `" + constant.name() + "` |")).allSatisfy((row) -> assertThat(runbook).contains(row));
	}

	@Test
	void thePageOnMetricsHasEveryMetric() throws Exception {
		String page = Files.readString(FOLDER.resolve("metrics.md"));
		Set<String> ours = exposed.names()
			.stream()
			.filter((name) -> name.startsWith("fallback_ai_") || name.startsWith("gen_ai_"))
			.map((name) -> name.replaceAll("_(bucket|count|sum|max|gcount|gsum)$", ""))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(ours).hasSizeGreaterThan(15).allSatisfy((name) -> assertThat(page).contains("| `" + name + "` |"));
	}

	/** Holds a query to what is exposed, and the placeholders of a text to its labels. */
	private static void verify(String expression, String text) {
		Query query = Query.parse(expression);
		assertThat(query.selectors()).as(expression).isNotEmpty();
		Set<String> labels = new TreeSet<>(query.groupings());
		for (Query.Selector selector : query.selectors()) {
			List<Scrape.Sample> samples = exposed.named(selector.name());
			assertThat(samples).as("%s of %s", selector.name(), expression).isNotEmpty();
			Set<String> present = samples.stream()
				.flatMap((sample) -> sample.labels().keySet().stream())
				.collect(Collectors.toCollection(TreeSet::new));
			assertThat(present).as(expression)
				.containsAll(query.groupings())
				.containsAll(query.omissions())
				.containsAll(selector.matchers().keySet());
			selector.matchers().forEach((label, pattern) -> verifyValues(samples, label, pattern));
			if (query.groupings().isEmpty()) {
				labels.addAll(present);
			}
		}
		assertThat(labels).as("%s by %s", text, expression).containsAll(placeholders(text));
	}

	private static void verifyValues(List<Scrape.Sample> samples, String label, String pattern) {
		if (!pattern.startsWith("$")) {
			Set<String> known = new TreeSet<>(WORDS);
			samples.forEach((sample) -> known.add(sample.labels().getOrDefault(label, "")));
			assertThat(known).as("values of %s", label).contains(pattern.split("\\|"));
		}
	}

	private static List<String> placeholders(String text) {
		return PLACEHOLDER.matcher(text).results().map((found) -> found.group(1)).toList();
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, ?>> rules() throws Exception {
		Map<String, List<Map<String, ?>>> document = new Yaml()
			.load(Files.readString(FOLDER.resolve("prometheus-alerts.yml")));
		return (List<Map<String, ?>>) document.get("groups").get(0).get("rules");
	}

}
