// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.warmup;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the warm-up does, and what the first call of a process no longer has to do.
 */
@Tag("slow")
class WarmUpTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@Test
	void callsOfEveryDialectSucceed() throws Exception {
		WarmUp warmUp = new WarmUp(List.of(endpoint("openai").build(), endpoint("anthropic").build(),
				endpoint("gemini").unaryAsStream(false).build(),
				endpoint("azure-openai").option("deployment", "any").option("api-version", "2024-10-21").build(),
				endpoint("unknown").url(URI.create("https://127.0.0.1/")).build()));

		warmUp.run();

		assertThat(primary.requestCount()).isZero();
	}

	@Test
	void theFirstCallFindsItsClassesLoaded() throws Exception {
		int cold = classesLoadedByFirstCall(false);
		int warm = classesLoadedByFirstCall(true);

		assertThat(cold).isGreaterThan(500);
		assertThat(warm).isLessThan(cold / 5);
		assertThat(primary.requestCount()).isEqualTo(2);
	}

	private static EndpointBuilder endpoint(String provider) {
		return Endpoint.named(provider).provider(provider).url(URI.create(primary.url())).model("any");
	}

	private static int classesLoadedByFirstCall(boolean warmUp) throws IOException, InterruptedException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
			.replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath, FirstCall.class.getName(),
				"--fallback.ai.warm-up=" + warmUp, "--fallback.ai.endpoints[0].name=primary",
				"--fallback.ai.endpoints[0].model=large", "--fallback.ai.endpoints[0].url=" + primary.url())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output.lines()
			.filter((line) -> line.contains(FirstCall.LOADED))
			.map((line) -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
			.findFirst()
			.orElseThrow(() -> new AssertionError(output));
	}

}
