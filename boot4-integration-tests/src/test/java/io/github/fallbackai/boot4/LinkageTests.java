// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.boot4;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All that the jars refer to exists in the libraries of Spring Boot 4.
 */
@Tag("slow")
class LinkageTests {

	private static final String BASE = "io.github.fallbackai.";

	/** What is there only for Spring Boot 3.5, and what an application may leave out. */
	private static final Set<String> ELSEWHERE = Set.of(BASE + "autoconfigure.boot3.", BASE + "tokens.",
			BASE + "autoconfigure.TokenConfiguration", BASE + "springai.ToolRounds$InternalToolExecution",
			BASE + "springai.SpringRetrySwitch");

	/** The compiler makes the signatures of its methods up. */
	private static final String SIGNATURE_POLYMORPHIC = "java.lang.invoke.";

	private static final ImportOption RELEASED = (location) -> !location.contains("-tests.jar")
			&& !location.contains("/test-classes/");

	private final JavaClasses classes = new ClassFileImporter().withImportOption(RELEASED)
		.importPackages("io.github.fallbackai");

	@Test
	void everyClassExists() {
		Set<String> missing = new TreeSet<>();
		for (JavaClass type : this.classes) {
			for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
				String target = dependency.getTargetClass().getBaseComponentType().getName();
				boolean elsewhere = ELSEWHERE.stream().anyMatch(target::startsWith);
				if (here(type) && !elsewhere && !ClassUtils.isPresent(target, getClass().getClassLoader())) {
					missing.add(type.getName() + " -> " + target);
				}
			}
		}
		assertThat(this.classes.size()).isGreaterThan(300);
		assertThat(missing).isEmpty();
	}

	@Test
	void everyMethodAndFieldExists() {
		Set<String> missing = new TreeSet<>();
		for (JavaClass type : this.classes) {
			for (JavaAccess<?> access : type.getAccessesFromSelf()) {
				AccessTarget target = access.getTarget();
				boolean declared = !target.getOwner().isArray()
						&& !target.getOwner().getName().startsWith(SIGNATURE_POLYMORPHIC);
				if (here(type) && declared && target.resolveMember().isEmpty()) {
					missing.add(type.getName() + " -> " + target.getFullName());
				}
			}
		}
		assertThat(missing).isEmpty();
	}

	/**
	 * Auto-configurations are ordered by name. A wrong name has no effect, and no
	 * compiler sees it.
	 */
	@Test
	void ordersByNamesOfSpringBoot4() {
		ClassLoader classLoader = getClass().getClassLoader();
		List<String> present = ImportCandidates.load(AutoConfiguration.class, classLoader)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith(BASE))
			.map((name) -> ClassUtils.resolveClassName(name, classLoader).getAnnotation(AutoConfiguration.class))
			.flatMap((annotation) -> Stream.concat(Arrays.stream(annotation.afterName()),
					Arrays.stream(annotation.beforeName())))
			.filter((name) -> ClassUtils.isPresent(name, classLoader))
			.map((name) -> name.substring(name.lastIndexOf('.') + 1))
			.toList();
		assertThat(present).contains("CircuitBreakerAutoConfiguration", "TimeLimiterAutoConfiguration",
				"CompositeMeterRegistryAutoConfiguration", "ObservationAutoConfiguration",
				"ToolCallingAutoConfiguration", "ChatClientAutoConfiguration");
	}

	private static boolean here(JavaClass type) {
		return ELSEWHERE.stream().noneMatch(type.getName()::startsWith);
	}

}
