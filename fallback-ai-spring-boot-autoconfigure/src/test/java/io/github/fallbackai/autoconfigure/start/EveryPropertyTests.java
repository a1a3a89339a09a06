// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every property of the reference can be written in YAML, in both of its styles.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class EveryPropertyTests {

	private static final String PREFIX = FallbackAiProperties.PREFIX + '.';

	/** The properties of an endpoint are documented below the defaults. */
	private static final String ENDPOINT = "defaults.";

	private static final Pattern BOOLEAN = Pattern.compile("y|yes|n|no|true|false|on|off", Pattern.CASE_INSENSITIVE);

	private static final Map<String, Object> BY_NAME = Map.ofEntries(Map.entry("provider", "openai"),
			Map.entry("url", "http://localhost:1/v1"), Map.entry("proxy", "http://localhost:2"),
			Map.entry("ssl-bundle", "ours"), Map.entry("deadline", "3m"), Map.entry("hedge.delay", "p95"),
			Map.entry("hedge.max-ratio", 0.2), Map.entry("batch-share", 0.3),
			Map.entry("circuit-breaker.max-recovery-timeout", "2m"), Map.entry("gateway.base-path", "/v2"),
			Map.entry("state-store.type", "memory"), Map.entry("default-chain", "all"),
			Map.entry("fallback-scope", "none"), Map.entry("retry.kinds", List.of("timed-out", "overloaded")),
			Map.entry("fallback-on", List.of("rate-limited", "timed-out")),
			Map.entry("capabilities", List.of("vision", "prefill")));

	private static final Map<String, Object> BY_TYPE = Map.ofEntries(Map.entry("java.lang.String", "text"),
			Map.entry("java.lang.Boolean", true), Map.entry("java.lang.Integer", 7), Map.entry("java.lang.Float", 40.5),
			Map.entry("java.math.BigDecimal", 1.5), Map.entry("java.time.Duration", "7s"),
			Map.entry("org.springframework.util.unit.DataSize", "2MB"),
			Map.entry("java.util.List<java.time.Duration>", List.of("9s", "11s")),
			Map.entry("java.util.List<java.lang.String>", List.of("a", "b")),
			Map.entry("java.util.Set<java.lang.String>", List.of("a", "b")),
			Map.entry("java.util.Map<java.lang.String,java.lang.String>", Map.of("X-A", "b")),
			Map.entry("java.util.Map<java.lang.String,java.lang.Object>",
					Map.of("temperature", 0.2, "stop", List.of("a", "b"), "reasoning", Map.of("effort", "low"))));

	// The bean of an endpoint belongs to another provider than the rest:
	// ChatModelEndpointTests.

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void isReadFromYaml(YamlStyle style, CapturedOutput output) {
		startsWith(style, Set.of("api-key-file", "bean"), output);
	}

	@ParameterizedTest
	@EnumSource
	void isReadFromYamlWithKeysInFiles(YamlStyle style, CapturedOutput output) {
		startsWith(style, Set.of("api-key", "api-keys", "bean"), output);
	}

	@Test
	void noKeyIsABooleanOfYaml() {
		assertThat(DocumentedProperties.all().keySet()).flatExtracting((name) -> List.of(name.split("\\.")))
			.isNotEmpty()
			.noneMatch((element) -> BOOLEAN.matcher(element).matches());
	}

	private void startsWith(YamlStyle style, Set<String> without, CapturedOutput output) {
		Map<String, Object> tree = everything(without);
		String yaml = style.write(Map.of("fallback", Map.of("ai", tree), "spring", Map.of("ssl", Map.of("bundle",
				Map.of("pem", Map.of("ours", Map.of("options", Map.of("enabled-protocols", List.of("TLSv1.3")))))))));
		try (ConfigurableApplicationContext context = RealStart.in(this.directory).yaml(yaml).run()) {
			Map<String, Object> values = new LinkedHashMap<>();
			flatten(FallbackAiProperties.PREFIX, tree, values);
			assertThat(values).hasSizeGreaterThan(DocumentedProperties.all().size())
				.allSatisfy((name, value) -> assertThat(context.getEnvironment().getProperty(name)).as(name)
					.isEqualTo(String.valueOf(value)));
			assertThat(context.getBean(FallbackSetup.class).defaultChain()).isEqualTo("all");
		}
		assertThat(output).doesNotContain("There is no property");
	}

	private Map<String, Object> everything(Set<String> without) {
		Map<String, Object> endpoint = new LinkedHashMap<>();
		Map<String, Object> common = new LinkedHashMap<>();
		DocumentedProperties.all().forEach((property, type) -> {
			String name = property.substring(PREFIX.length());
			boolean ofEndpoint = name.startsWith(ENDPOINT);
			String suffix = ofEndpoint ? name.substring(ENDPOINT.length()) : name;
			if (!type.contains("autoconfigure.properties") || type.endsWith("StateStoreType")) {
				if (!without.contains(suffix)) {
					put(ofEndpoint ? endpoint : common, suffix, value(suffix, type));
				}
			}
		});
		Map<String, Object> nameless = new LinkedHashMap<>(endpoint);
		nameless.remove("name");
		Map<String, Object> chain = new LinkedHashMap<>(common);
		chain.keySet().retainAll(ofChains());
		chain.put("endpoints", List.of("text"));
		common.put("endpoints", List.of(endpoint));
		common.put("defaults", nameless);
		common.put("overrides", Map.of("text", nameless));
		common.put("chains", Map.of("all", chain));
		put(common, "gateway.clients", Map.of("web",
				Map.of("api-key", "k", "chains", List.of("all"), "max-concurrent-calls", 1, "max-cost-per-day", 2.5)));
		return common;
	}

	/** What a chain may set beside its list of endpoints. */
	private static List<String> ofChains() {
		return List.of("deadline", "attempt-timeouts", "max-attempts", "fallback-on", "stream-recovery", "resume-scope",
				"continuation-instruction", "fallback-scope", "wait-when-unavailable", "switch-delay", "strategy",
				"sticky", "hedge");
	}

	private Object value(String name, String type) {
		if (name.equals("api-key-file")) {
			return keyFile().toString();
		}
		if (name.equals("api-keys")) {
			return Map.of("text", "k");
		}
		Object value = BY_NAME.getOrDefault(name, BY_TYPE.get(type));
		return (value != null) ? value : lastConstant(name, type);
	}

	private static String lastConstant(String name, String type) {
		try {
			Object[] constants = Class.forName(type).getEnumConstants();
			return constants[constants.length - 1].toString().toLowerCase().replace('_', '-');
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError("no value for " + name + " of type " + type, ex);
		}
	}

	private Path keyFile() {
		try {
			return Files.writeString(this.directory.resolve("key"), "k");
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static void put(Map<String, Object> tree, String name, Object value) {
		int dot = name.indexOf('.');
		if (dot < 0) {
			tree.put(name, value);
			return;
		}
		put((Map<String, Object>) tree.computeIfAbsent(name.substring(0, dot), (key) -> new LinkedHashMap<>()),
				name.substring(dot + 1), value);
	}

	private static void flatten(String name, Object node, Map<String, Object> values) {
		if (node instanceof Map<?, ?> map) {
			map.forEach((key, value) -> flatten(name + '.' + key, value, values));
		}
		else if (node instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				flatten(name + '[' + i + ']', list.get(i), values);
			}
		}
		else {
			values.put(name, node);
		}
	}

	/**
	 * A style of YAML. Keys are never quoted, as users do not quote them.
	 */
	enum YamlStyle {

		BLOCK {
			@Override
			void write(Object node, String indent, StringBuilder yaml) {
				if (node instanceof Map<?, ?> map) {
					map.forEach((key, value) -> {
						yaml.append('\n').append(indent).append(key).append(": ");
						write(value, indent + "  ", yaml);
					});
				}
				else if (node instanceof List<?> list) {
					list.forEach((value) -> {
						yaml.append('\n').append(indent).append("- ");
						write(value, indent + "  ", yaml);
					});
				}
				else {
					yaml.append(scalar(node));
				}
			}
		},

		FLOW {
			@Override
			void write(Object node, String indent, StringBuilder yaml) {
				if (node instanceof Map<?, ?> map) {
					yaml.append("{ ");
					map.forEach((key, value) -> {
						yaml.append(key).append(": ");
						write(value, indent, yaml);
						yaml.append(", ");
					});
					yaml.append('}');
				}
				else if (node instanceof List<?> list) {
					yaml.append("[ ");
					list.forEach((value) -> {
						write(value, indent, yaml);
						yaml.append(", ");
					});
					yaml.append(']');
				}
				else {
					yaml.append(scalar(node));
				}
			}
		};

		String write(Object tree) {
			StringBuilder yaml = new StringBuilder();
			write(tree, "", yaml);
			return yaml.toString();
		}

		abstract void write(Object node, String indent, StringBuilder yaml);

		private static String scalar(Object value) {
			String text = String.valueOf(value);
			return Stream.of(":", "{", "[", "#").anyMatch(text::contains) ? '"' + text + '"' : text;
		}

	}

}
