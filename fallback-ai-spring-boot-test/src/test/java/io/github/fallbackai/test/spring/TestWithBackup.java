// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.fallbackai.test.ProviderSimulatorExtension;

/**
 * A superclass that brings a simulator along.
 */
abstract class TestWithBackup {

	@RegisterExtension
	static ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

}
