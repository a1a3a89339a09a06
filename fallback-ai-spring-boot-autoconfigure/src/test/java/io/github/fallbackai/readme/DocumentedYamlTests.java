// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;
import io.github.fallbackai.autoconfigure.FallbackAiGatewayAutoConfiguration;
import io.github.fallbackai.autoconfigure.FallbackAiSpringAiAutoConfiguration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.model.ChatModel;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.web.reactive.WebFluxAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With every block of YAML in the documentation an application starts. A block without
 * endpoints gets some.
 */
class DocumentedYamlTests {

	private static final String ENDPOINTS = """
			fallback:
			  ai:
			    endpoints:
			      - { name: primary, model: large, api-key: "${KEY}" }
			      - { name: backup, model: small, api-key: "${KEY}" }
			      - { name: local, url: http://localhost:1/v1, model: tiny }
			""";

	private static final String CHAINS = """
			    chains:
			      default: { endpoints: [primary, backup, local] }
			      cheap: { endpoints: [backup] }
			""";

	private static final Pattern OWN_ENDPOINTS = Pattern.compile("(?m)^    endpoints:");

	private static final Pattern OWN_CHAINS = Pattern.compile("(?m)^    chains:");

	private final YamlPropertySourceLoader loader = new YamlPropertySourceLoader();

	static List<DocumentedBlock> blocks() {
		return DocumentedBlock.all("yaml");
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void anApplicationStartsWith(DocumentedBlock block, @TempDir Path directory) throws IOException {
		Path token = Files.writeString(directory.resolve("token"), "token-of-a-test");
		Map<String, Object> secrets = Map.of("KEY", "key-of-a-test", "OPENAI_API_KEY", "key-of-a-test",
				"ANTHROPIC_API_KEY", "another-key-of-a-test", "GATEWAY_KEY", "key-of-a-client", "GATEWAY_KEY_WEB",
				"key-of-the-web", "GATEWAY_KEY_REPORTS", "key-of-the-reports", "MASTER_KEY", "key-of-a-master",
				"VERTEX_TOKEN_FILE", token.toString());
		List<PropertySource<?>> sources = List.of(new MapPropertySource("secrets", secrets), yaml(block.text()),
				yaml(rest(block)));
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(WebFluxAutoConfiguration.class, FallbackAiAutoConfiguration.class,
					FallbackAiGatewayAutoConfiguration.class, FallbackAiSpringAiAutoConfiguration.class))
			.withBean("ollamaChatModel", ChatModel.class, () -> (prompt) -> {
				throw new UnsupportedOperationException();
			})
			.withPropertyValues("fallback.ai.state-store.type=memory", "fallback.ai.warm-up=false")
			.withInitializer((context) -> sources
				.forEach((source) -> context.getEnvironment().getPropertySources().addLast(source)))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(AiFallbackTemplate.class).status().endpoints()).isNotEmpty();
			});
	}

	private static String rest(DocumentedBlock block) {
		if (block.contains(OWN_ENDPOINTS)) {
			return "nothing: more";
		}
		return block.contains(OWN_CHAINS) ? ENDPOINTS : ENDPOINTS + CHAINS;
	}

	private PropertySource<?> yaml(String text) throws IOException {
		return this.loader.load("file " + text.hashCode(), new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)))
			.get(0);
	}

}
