// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.util.Map;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The same operations where there is no HTTP.
 */
@DirtiesContext
@SpringBootTest(classes = ManagementEndpointTests.Application.class, webEnvironment = WebEnvironment.NONE,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.state-store.type=memory", "spring.jmx.enabled=true", "spring.jmx.unique-names=true",
				"management.endpoints.jmx.exposure.include=fallbackai",
				"management.endpoint.fallbackai.access=unrestricted" })
@Tag("slow")
class JmxOperationsTests {

	@Autowired
	private MBeanServer server;

	@Test
	void answersWithWhatWasDone() throws Exception {
		assertThat(operate("primary", "disable", "30m"))
			.isEqualTo(Map.of("endpoint", "primary", "action", "disable", "scope", "instance", "for", "PT30M"));
	}

	@Test
	void saysWhyItRefuses() {
		assertThatThrownBy(() -> operate("nobody", "reset", null)).hasMessageContaining("endpoint: nobody");
		assertThatThrownBy(() -> operate("primary", "explode", null)).hasMessageContaining("action: explode");
		assertThatThrownBy(() -> operate("primary", "disable", "30")).hasMessageContaining("for: 30");
	}

	private Object operate(String endpoint, String action, String length) throws Exception {
		ObjectName name = this.server
			.queryNames(new ObjectName("org.springframework.boot:type=Endpoint,name=Fallbackai,*"), null)
			.iterator()
			.next();
		String string = String.class.getName();
		return this.server.invoke(name, "operate", new Object[] { endpoint, action, length, null },
				new String[] { string, string, string, string });
	}

}
