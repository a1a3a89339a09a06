// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.sample.SampleApplication;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code compose.yaml} refers to is there: files, ports, properties. Docker itself
 * is not run.
 */
@Tag("slow")
class ComposeTests {

	private static final Path ROOT = Path.of("..");

	private static final String FOLDER = "docs/observability/";

	private static final String JAR = "sample-app-0.1.0-SNAPSHOT.jar";

	private static Map<String, Map<String, Object>> services;

	@BeforeAll
	static void read() throws IOException {
		Map<String, Map<String, Map<String, Object>>> compose = yaml("compose.yaml");
		services = compose.get("services");
	}

	@Test
	void mountsWhatIsThere() throws IOException {
		assertThat(services).containsOnlyKeys("redis", "first", "second", "prometheus", "grafana");
		List<String> mounted = new ArrayList<>();
		services.values().forEach((service) -> mounted.addAll(strings(service.get("volumes"))));
		assertThat(mounted).hasSize(7);
		for (String volume : mounted) {
			String file = volume.substring(0, volume.indexOf(':'));
			if (!file.endsWith(JAR)) {
				assertThat(ROOT.resolve(file)).isRegularFile();
			}
		}
		String version = "<version>" + JAR.substring("sample-app-".length(), JAR.length() - ".jar".length());
		assertThat(Files.readString(Path.of("pom.xml"))).contains(version);
		assertThat(List.of("first", "second")).allSatisfy((name) -> {
			assertThat(services.get(name).get("command")).isEqualTo("java -jar /app/" + JAR);
			assertThat(strings(services.get(name).get("volumes")))
				.containsExactly("./sample-app/target/" + JAR + ":/app/" + JAR + ":ro");
		});
	}

	@Test
	void watchesBothInstances() throws IOException {
		Map<String, Object> prometheus = yaml(FOLDER + "prometheus.yml");
		Map<String, Object> job = objects(prometheus.get("scrape_configs")).get(0);
		assertThat(job).containsEntry("metrics_path", "/actuator/prometheus");
		assertThat(strings(objects(job.get("static_configs")).get(0).get("targets")))
			.containsExactly("localhost:" + port("first"), "localhost:" + port("second"));
		assertThat(strings(prometheus.get("rule_files"))).containsExactly("prometheus-alerts.yml");
		Map<String, Object> grafana = yaml(FOLDER + "grafana-datasource.yml");
		assertThat(objects(grafana.get("datasources")).get(0)).containsEntry("type", "prometheus")
			.containsEntry("url", "http://localhost:9090");
		for (Map<String, Object> service : services.values()) {
			assertThat(strings(service.get("ports"))).allMatch((port) -> port.startsWith("127.0.0.1:"));
		}
		assertThat(strings(services.get("first").get("ports"))).contains(
				"127.0.0.1:" + port("first") + ':' + port("first"),
				"127.0.0.1:" + port("second") + ':' + port("second"), "127.0.0.1:9090:9090", "127.0.0.1:3000:3000");
	}

	@Test
	void startsInstancesWithPropertiesThatTheyHave() {
		try (ConfigurableApplicationContext first = start("first")) {
			assertThat(first.getEnvironment().getProperty("server.address")).isEqualTo("0.0.0.0");
			assertThat(first.getEnvironment().getProperty("spring.data.redis.host")).isEqualTo("redis");
			assertThat(first.getEnvironment().getActiveProfiles()).containsExactly("demo", "redis");
			WebTestClient.bindToServer()
				.baseUrl("http://127.0.0.1:" + ((ReactiveWebServerApplicationContext) first).getWebServer().getPort())
				.build()
				.get()
				.uri("/actuator/prometheus")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.value((text) -> assertThat(text).contains("fallback_ai_active"));
		}
		assertThat(environment("second")).containsEntry("SERVER_PORT", 8081)
			.containsEntry("SAMPLE_SIMULATORS_ELSEWHERE", "true")
			.containsEntry("SPRING_DATA_REDIS_HOST", "redis");
	}

	/** With ports of this machine, and without the Redis of the others. */
	private static ConfigurableApplicationContext start(String name) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("compose-systemEnvironment", environment(name)));
		return new SpringApplicationBuilder(SampleApplication.class).environment(environment)
			.run("--server.port=0", "--sample.simulators.first-port=0", "--fallback.ai.state-store.type=memory");
	}

	private static Map<String, Object> environment(String name) {
		Map<String, Object> environment = new HashMap<>();
		((Map<?, ?>) services.get(name).get("environment"))
			.forEach((key, value) -> environment.put((String) key, value));
		return environment;
	}

	private static Object port(String name) {
		return environment(name).get("SERVER_PORT");
	}

	private static <T> T yaml(String file) throws IOException {
		return new Yaml().load(Files.readString(ROOT.resolve(file)));
	}

	private static List<String> strings(Object list) {
		return (list != null) ? ((List<?>) list).stream().map(String::valueOf).toList() : List.of();
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> objects(Object list) {
		return (List<Map<String, Object>>) list;
	}

}
