import React, { useState } from "react";
import { createRoot } from "react-dom/client";
import "adam-scope";

function Figure() {
  const [rates, setRates] = useState("0.01,0.1,1");
  const [step, setStep] = useState(0);
  return (
    <>
      <label>Rates <input value={rates} onChange={({ target }) => setRates(target.value)} /></label>
      {/* From React 19 on, what starts with "on" is an event of a custom element. */}
      <adam-scope surface="beale" lr={rates} controls onadam-scope-step={({ detail }) => setStep(detail.step)} />
      <output>Step {step}</output>
    </>
  );
}

createRoot(document.getElementById("root")).render(<Figure />);
