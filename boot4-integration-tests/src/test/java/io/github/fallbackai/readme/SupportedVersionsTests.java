// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.util.Version;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's table of supported versions has those that the build tests.
 */
class SupportedVersionsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	@Test
	void areThoseOfTheBuild() throws Exception {
		RootPom build = RootPom.read(ROOT);
		assertThat(row("Spring Boot")).containsExactly(build.property("spring-boot.version"),
				build.property("spring-boot4.version"));
		assertThat(row("Spring AI, if the application uses it")).containsExactly(build.property("spring-ai.version"),
				build.property("spring-ai2.version"));
		assertThat(row("LangChain4j, if the application uses it")).containsOnly(build.property("langchain4j.version"));
		assertThat(row("Resilience4j")).containsOnly(build.property("resilience4j.version"));
	}

	@Test
	void areThoseOnTheClassPathOfSpringBoot4() throws Exception {
		assertThat(SpringBootVersion.getVersion()).startsWith(minor(row("Spring Boot").get(1)));
		assertThat(SpringVersion.getVersion()).startsWith(row("Spring Framework").get(1) + '.');
		assertThat(Version.identify().get("netty-common").artifactVersion()).startsWith(row("Netty").get(1) + '.');
	}

	/** Another patch release may be tested. */
	private static String minor(String version) {
		return version.substring(0, version.lastIndexOf('.') + 1);
	}

	private static List<String> row(String name) throws Exception {
		Matcher row = Pattern.compile("(?m)^\\| " + Pattern.quote(name) + " \\| (.+?) \\| (.+?) \\|$")
			.matcher(Files.readString(ROOT.resolve("README.md")));
		assertThat(row.find()).as(name).isTrue();
		return List.of(row.group(1), row.group(2));
	}

}
