// Command conformance plans OPA's own test cases, so that an engine in another
// language can run them: one JSON file per folder of cases, each case with its
// query, data, input, expectation and the plan that OPA's planner makes of it.
//
//	conformance TESTDATA OUT
//	conformance declarations
//
// The second form prints the signatures of OPA's built-ins. TESTDATA is v1/test/cases/testdata of the OPA module; OUT is a folder that exists.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/test/cases"
	"github.com/open-policy-agent/opa/v1/types"
	"google.golang.org/protobuf/proto"
)

const target = "conformance"

// planner is the target of a query that only wants the plan.
type planner struct{ plan *ir.Policy }

func (*planner) IsTarget(name string) bool { return name == target }

func (p *planner) PrepareForEval(_ context.Context, plan *ir.Policy, _ ...rego.PrepareOption) (rego.TargetPluginEval, error) {
	p.plan = plan
	return p, nil
}

func (*planner) Eval(context.Context, *rego.EvalContext, ast.Value) (ast.Value, error) {
	return nil, errors.New("only plans")
}

// plannedCase is what the engine's test reads.
type plannedCase struct {
	cases.TestCase
	Source string     `json:"source"`
	Plan   *ir.Policy `json:"plan"`

	// PlanPB is the plan as opa build --format=proto writes it.
	PlanPB []byte `json:"plan_pb"`

	// InputAST is input_term as typed terms, because it may hold sets.
	InputAST *ast.Term `json:"input_ast,omitempty"`
}

func plan(p *planner, tc cases.TestCase, version ast.RegoVersion) (*ir.Policy, error) {
	options := []func(*rego.Rego){
		rego.Target(target),
		rego.Query(tc.Query),
		rego.SetRegoVersion(version),
	}
	if tc.ExperimentalKeywords {
		capabilities := ast.CapabilitiesForThisVersion(ast.CapabilitiesExperimentalKeywords(true))
		options = append(options, rego.Capabilities(capabilities))
	}
	for i, module := range tc.Modules {
		// Some expected messages name the file.
		options = append(options, rego.Module(fmt.Sprintf("test-%d.rego", i), module))
	}
	p.plan = nil
	if _, err := rego.New(options...).PrepareForEval(context.Background()); err != nil {
		return nil, err
	}
	if p.plan == nil {
		return nil, errors.New("no plan was made")
	}
	return p.plan, nil
}

func marshalProto(plan *ir.Policy) ([]byte, error) {
	message, err := ir.PolicyToProto(plan)
	if err != nil {
		return nil, err
	}
	return proto.Marshal(message)
}

func planSuite(p *planner, testdata, suite string, version ast.RegoVersion, out string) error {
	root := filepath.Join(testdata, suite)
	set, err := cases.Load(root)
	if err != nil {
		return err
	}
	groups := map[string][]plannedCase{}
	for _, tc := range set.Cases {
		source, err := filepath.Rel(root, tc.Filename)
		if err != nil {
			return err
		}
		planned, err := plan(p, tc, version)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", source, tc.Note, err)
		}
		var input *ast.Term
		if tc.InputTerm != nil {
			if input, err = ast.ParseTerm(*tc.InputTerm); err != nil {
				return fmt.Errorf("%s: %s: %w", source, tc.Note, err)
			}
		}
		group := strings.Split(filepath.ToSlash(source), "/")[0]
		message, err := marshalProto(planned)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", source, tc.Note, err)
		}
		groups[group] = append(groups[group], plannedCase{
			TestCase: tc,
			PlanPB:   message,
			Source:   suite + "/" + filepath.ToSlash(source),
			Plan:     planned,
			InputAST: input,
		})
	}
	for group, planned := range groups {
		if err := write(filepath.Join(out, suite+"-"+group+".json"), planned); err != nil {
			return err
		}
	}
	log.Printf("%s: %d cases in %d groups", suite, len(set.Cases), len(groups))
	return nil
}

func write(name string, planned []plannedCase) error {
	text, err := json.Marshal(map[string]any{"cases": planned})
	if err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o644)
}

// printDeclarations writes one built-in a line, so that a change can be read.
func printDeclarations() error {
	fmt.Println("[")
	for i, builtin := range ast.CapabilitiesForThisVersion().Builtins {
		text, err := json.Marshal(builtin.Minimal())
		if err != nil {
			return err
		}
		if i > 0 {
			fmt.Println(",")
		}
		fmt.Print(string(text))
	}
	fmt.Println("\n]")
	return nil
}

func main() {
	log.SetFlags(0)
	if len(os.Args) == 2 && os.Args[1] == "declarations" {
		if err := printDeclarations(); err != nil {
			log.Fatal(err)
		}
		return
	}
	if len(os.Args) != 3 {
		log.Fatal("usage: conformance TESTDATA OUT")
	}
	// One case waits with a built-in that only OPA's own tests have.
	ast.RegisterBuiltin(&ast.Builtin{
		Name: "test.sleep",
		Decl: types.NewFunction(types.Args(types.S), types.NewNull()),
	})
	p := &planner{}
	rego.RegisterPlugin(target, p)
	for suite, version := range map[string]ast.RegoVersion{"v0": ast.RegoV0, "v1": ast.RegoV1} {
		if err := planSuite(p, os.Args[1], suite, version, os.Args[2]); err != nil {
			log.Fatal(err)
		}
	}
}
